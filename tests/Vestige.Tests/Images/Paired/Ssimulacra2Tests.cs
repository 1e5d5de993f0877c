using Vestige.Images;
using Vestige.Images.Paired.Ssimulacra;

namespace Vestige.Tests.Images.Paired;

public sealed class Ssimulacra2Tests
{
    /// <summary>Scores that a program in double precision of another author gave for these bytes.</summary>
    [Theory]
    [InlineData("same", 100.0, "9160f9f12d372c0ce1cd52a0400b93cb5e9d7fa15cb9d5e18cad52e64d3124ae")]
    [InlineData("nn2", -13.805754832358431, "4b19266cebe8d67497ef2a9ba089fa66e09b5b51a2f4b5f965582179ca855046")]
    [InlineData("nn4", -64.2582742949418, null)]
    [InlineData("box3", 24.651051246984366, null)]
    [InlineData("noise", 29.57861818856945, null)]
    [InlineData("quant24", 65.62797068279352, null)]
    public void Scores_are_the_exact_ones(string name, double score, string? sha256)
    {
        Picture decoded = Golden.Decoded(name);
        if (sha256 is not null) Assert.Equal(sha256, Golden.Sha256(decoded));
        // Floats hold XYB to 1e-7; the score is ten thousand times as large as its smallest term.
        Assert.Equal(score, Ssimulacra2.Score(Golden.Original, decoded), 1e-3);
    }
}
