using Vestige.Language.ContextMixing;

namespace Vestige.Tests.Language.ContextMixing;

public class ByteTreeTests
{
    /// <summary>Each byte's answers lead to it, and to no other: any text can be told.</summary>
    [Fact]
    public void Answers_lead_to_their_byte()
    {
        var met = new HashSet<int>();
        for (int value = 0; value < 256; value++)
        {
            int node = 1;
            for (int left = ByteTree.Questions[value] - 1; left >= 0; left--)
            {
                Assert.InRange(node, 1, 255);
                Assert.Equal(ByteTree.Questions[value] - 1 - left, ByteTree.Depth[node]);
                met.Add(node);
                node = ByteTree.Next[(2 * node) + (int)((ByteTree.Answers[value] >> left) & 1)];
            }
            Assert.Equal(ByteTree.Leaf + value, node);
            Assert.Equal(1u, ByteTree.Answers[value] >> ByteTree.Questions[value]);
        }
        Assert.Equal(255, met.Count);
    }

    /// <summary>A piece is left for another, and never entered but at its first question: its slot is asked for then.</summary>
    [Fact]
    public void Pieces_are_trees_of_fifteen_questions_at_most()
    {
        var nodes = Enumerable.Range(1, 255).ToList();
        foreach (IGrouping<byte, int> piece in nodes.GroupBy(node => ByteTree.Piece[node]))
            Assert.Equal(Enumerable.Range(1, piece.Count()), piece.Select(node => (int)ByteTree.Place[node]).Order());
        Assert.All(nodes, node => Assert.InRange(ByteTree.Place[node], 1, ByteTree.PieceNodes));
        foreach (int node in nodes)
            for (int bit = 0; bit < 2; bit++)
                if (ByteTree.Next[(2 * node) + bit] is var next && next < ByteTree.Leaf && ByteTree.Piece[next] != ByteTree.Piece[node]) Assert.Equal(1, ByteTree.Place[next]);
        Assert.Equal((0, 1), (ByteTree.Piece[1], ByteTree.Place[1]));
    }

    /// <summary>Text takes five questions a byte, and nothing more than the sixteen that a state's bits are kept in.</summary>
    [Fact]
    public void Text_takes_few_questions()
    {
        byte[] text = System.Text.Encoding.ASCII.GetBytes("It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness.\r\n");
        Assert.InRange(text.Average(value => ByteTree.Questions[value]), 3.5, 5);
        Assert.All(ByteTree.Questions, questions => Assert.InRange(questions, 1, 16));
        Assert.True(ByteTree.Questions[' '] < ByteTree.Questions['e'] && ByteTree.Questions['e'] < ByteTree.Questions['Z']);
    }
}
