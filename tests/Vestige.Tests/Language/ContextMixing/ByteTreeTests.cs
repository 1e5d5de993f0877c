using Vestige.Language.ContextMixing;

namespace Vestige.Tests.Language.ContextMixing;

public class ByteTreeTests
{
    /// <summary>Each byte's answers lead to it, and to no other: any text can be told.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Answers_lead_to_their_byte(bool isText)
    {
        ByteTree tree = Tree(isText);
        var met = new HashSet<int>();
        for (int value = 0; value < 256; value++)
        {
            int node = 1;
            for (int left = tree.Questions[value] - 1; left >= 0; left--)
            {
                Assert.InRange(node, 1, 255);
                Assert.Equal(tree.Questions[value] - 1 - left, tree.Depth[node]);
                met.Add(node);
                node = tree.Next[(2 * node) + (int)((tree.Answers[value] >> left) & 1)];
            }
            Assert.Equal(ByteTree.Leaf + value, node);
            Assert.Equal(1u, tree.Answers[value] >> tree.Questions[value]);
        }
        Assert.Equal(255, met.Count);
    }

    /// <summary>A piece is left for another, and never entered but at its first question: its slot is asked for then.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pieces_are_trees_of_fifteen_questions_at_most(bool isText)
    {
        ByteTree tree = Tree(isText);
        var nodes = Enumerable.Range(1, 255).ToList();
        foreach (IGrouping<byte, int> piece in nodes.GroupBy(node => tree.Piece[node]))
            Assert.Equal(Enumerable.Range(1, piece.Count()), piece.Select(node => (int)tree.Place[node]).Order());
        Assert.All(nodes, node => Assert.InRange(tree.Place[node], 1, ByteTree.PieceNodes));
        foreach (int node in nodes)
            for (int bit = 0; bit < 2; bit++)
                if (tree.Next[(2 * node) + bit] is var next && next < ByteTree.Leaf && tree.Piece[next] != tree.Piece[node]) Assert.Equal(1, tree.Place[next]);
        Assert.Equal((0, 1), (tree.Piece[1], tree.Place[1]));
    }

    /// <summary>Text takes five questions a byte, and nothing more than the sixteen that a state's bits are kept in.</summary>
    [Fact]
    public void Text_takes_few_questions()
    {
        byte[] text = System.Text.Encoding.ASCII.GetBytes("It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness.\r\n");
        Assert.InRange(text.Average(value => ByteTree.Text.Questions[value]), 3.5, 5);
        Assert.All(ByteTree.Text.Questions, questions => Assert.InRange(questions, 1, 16));
        Assert.True(ByteTree.Text.Questions[' '] < ByteTree.Text.Questions['e'] && ByteTree.Text.Questions['e'] < ByteTree.Text.Questions['Z']);
    }

    /// <summary>The other tree is the byte itself, the highest bit first.</summary>
    [Fact]
    public void Bits_are_those_of_the_byte()
    {
        for (int value = 0; value < 256; value++) Assert.Equal((256u | (uint)value, (byte)8), (ByteTree.Bits.Answers[value], ByteTree.Bits.Questions[value]));
    }

    private static ByteTree Tree(bool isText) => isText ? ByteTree.Text : ByteTree.Bits;
}
