using Vestige.Compressors;
using Vestige.Language;
using Vestige.Models.Endpoints;
using Vestige.Results;
using Vestige.Sources;
using Vestige.Tests.Cli;

namespace Vestige.Tests.Models.Endpoints;

/// <summary>Answers without a text, and what is no answer.</summary>
public sealed partial class EndpointTests
{
    /// <summary>As hosted filters answer: with null, with nothing but the reason, or by refusing the prompt.</summary>
    [Theory]
    [InlineData(200, "{\"choices\":[{\"index\":0,\"finish_reason\":\"content_filter\",\"text\":null}]}")]
    [InlineData(200, "{\"choices\":[{\"finish_reason\":\"content_filter\"}]}")]
    [InlineData(200, "{\"choices\":[{\"finish_reason\":\"content_filter\",\"text\":\"\"}]}")]
    [InlineData(400, "{\"error\":{\"code\":\"content_filter\",\"message\":\"no\"}}")]
    public void An_answer_without_a_text_is_counted_and_stops_nothing(int status, string silence)
    {
        int asked = 0;
        using var server = new LoopbackServer((path, body) => ++asked % 5 == 0 ? new Reply(status, silence) : new ByteModelServer(s_model).Answer(path, body));
        EndpointCompressor row = Row(server.Url, ",probabilities=none");
        var training = new Training<Passage>(s_training.Documents, 1) { Shelf = new FolderShelf(_folder.Path) };
        ICompressed<Passage> model = row.Compress(training, null, CancellationToken.None);
        byte[][] texts = Draw(model);
        Assert.Equal(12, texts.Length);
        Assert.All(texts, text => Assert.NotEmpty(text));
        AnswerReport report = ((IAnswers)model).Answered!;
        Assert.Equal("content_filter", report.First);
        Assert.Equal(server.Bodies.Count - 1, report.Asked);
        Assert.InRange(report.Without, 4, 8);
        Assert.Empty(_waits);

        // Kept like any other answer: the same texts, and the same count, without a request.
        int before = server.Bodies.Count;
        model = Row(server.Url, ",probabilities=none").Compress(training, null, CancellationToken.None);
        Assert.Equal(texts, Draw(model));
        Assert.Equal((before, report), (server.Bodies.Count, ((IAnswers)model).Answered));

        static byte[][] Draw(ICompressed<Passage> model) =>
            [.. ((IGenerator<Passage>)model).Sample(12, 5, null, CancellationToken.None).Select(items => items[0].Bytes.ToArray())];
    }

    [Fact]
    public void Where_nearly_nothing_has_text_the_row_fails_and_the_same_command_goes_on_later()
    {
        bool silent = true;
        using var server = new LoopbackServer((path, body) => silent
            ? new Reply(200, "{\"choices\":[{\"text\":\"\",\"finish_reason\":\"stop\"}]}") : new ByteModelServer(s_model).Answer(path, body));
        string message = Assert.Throws<UnusableDocumentException>(() => Drawn(Row(server.Url, ",probabilities=none"), 40, _folder.Path)).Message;
        Assert.EndsWith("answered 48 of 48 requests without a text (the first: stop); give it something to go on from with prompts=FILE", message, StringComparison.Ordinal);
        silent = false;
        Assert.Equal(40, Drawn(Row(server.Url, ",probabilities=none"), 40, _folder.Path).Length);
    }

    [Fact]
    public void An_answer_that_is_none_is_not_kept()
    {
        bool wrong = true;
        using var server = new LoopbackServer((path, body) => wrong && body.GetProperty("max_tokens").GetInt32() > 1
            ? new Reply(200, "{\"error\":\"over capacity\"}") : new ByteModelServer(s_model).Answer(path, body));
        Assert.EndsWith("answered without a choice",
            Assert.Throws<EndpointException>(() => Drawn(Row(server.Url, ",probabilities=none"), 3, _folder.Path)).Message, StringComparison.Ordinal);
        wrong = false;
        Assert.Equal(3, Drawn(Row(server.Url, ",probabilities=none"), 3, _folder.Path).Length);
    }

    [Fact]
    public void A_server_that_says_nothing_leaves_the_other_rows()
    {
        for (int i = 0; i < 24; i++)
            _folder.Write($"{(i < 8 ? "train" : "kept")}/{i:00}.txt", [.. s_documents.Passages[i].SelectMany(passage => passage.Bytes.ToArray())]);
        using var server = new LoopbackServer((_, _) => new Reply(200, "{\"choices\":[{\"text\":null,\"finish_reason\":\"content_filter\"}]}"));
        var run = CliRun.Of("audit", "--train", $"{_folder.Path}/train", "--heldout", $"{_folder.Path}/kept", "--passage", "64", "--units", "60",
            $"endpoint:{server.Url},model=bytes", "ngram:order=3");
        Assert.True(run.Status == 0, run.Error + run.Out);
        Assert.Contains("ngram:order=3", run.Out, StringComparison.Ordinal);
    }
}
