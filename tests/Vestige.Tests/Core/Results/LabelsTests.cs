using Vestige.Results;

namespace Vestige.Tests.Core.Results;

public sealed class LabelsTests
{
    [Fact]
    public void Long_names_lose_what_all_rows_of_a_compressor_share()
    {
        string[] names =
        [
            "yardstick", "ngram:order=8",
            "transformer:layers=2,width=128,context=48,steps=400",
            "transformer:layers=2,width=128,context=48,dropout=0.1,steps=400",
            "transformer:layers=2,width=128,context=48,dropout=0.1,steps=400,top_p=0.7",
        ];
        var labels = new Labels(names);
        Assert.Equal(["yardstick", "ngram:order=8", "transformer", "transformer:dropout=0.1", "transformer:dropout=0.1,top_p=0.7"], names.Select(n => labels[n]));
        Assert.Equal(["transformer: layers=2,width=128,context=48,steps=400"], labels.Shared);
    }

    [Fact]
    public void Paths_and_quoted_commas_stay_whole()
    {
        string[] names = ["model:/a/long/place/for/models/one.model,top_p=0.7", "model:/a/long/place/for/models/two.model,top_p=0.7",
            "exec:name=cjxl,enc=\"cjxl {in}, {out}\",q=1"];
        var labels = new Labels(names);
        Assert.Equal(["model:/a/long/place/for/models/one.model", "model:/a/long/place/for/models/two.model", "exec"], names.Select(n => labels[n]));
        Assert.Equal("exec: name=cjxl,enc=\"cjxl {in}, {out}\",q=1", labels.Shared[1]);
    }

    /// <summary>Whatever the names, no two rows may be taken for each other.</summary>
    [Fact]
    public void No_two_rows_share_a_label()
    {
        string[] names = [.. from a in new[] { 1, 2 } from b in new[] { 1, 2 } from c in new[] { "", ",e=a-long-value-that-nobody-reads" } select $"x:a={a},b={b}{c}"];
        var labels = new Labels(names);
        Assert.Equal(names.Length, names.Select(n => labels[n]).Distinct().Count());
    }
}
