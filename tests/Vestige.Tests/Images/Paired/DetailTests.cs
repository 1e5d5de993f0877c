using Vestige.Images.Paired;
using Vestige.Images.Paired.Detail;

namespace Vestige.Tests.Images.Paired;

public sealed class DetailTests
{
    [Theory]
    [InlineData("same", 0.0, 0.0, 0.0, 0.0)]
    [InlineData("nn2", 0.46492082873109913, 0.49676535592353777, 0.26036251669993987, 0.2801464685444875)]
    [InlineData("nn4", 0.6503637914626963, 0.639425817834554, 0.4655951595157724, 0.4477207017951954)]
    [InlineData("box3", 0.5911587429496183, 0.17084992790772327, 0.437106254028821, 0.085480239118322)]
    [InlineData("noise", 0.26172056892219575, 0.4482383524026102, 0.07332422811163555, 0.19871250375381458)]
    [InlineData("quant24", 0.13660667659994452, 0.17976511652371444, 0.01011995754420921, 0.01673482007212429)]
    public void Shares_are_the_exact_ones(string name, double lost, double invented, double visibleLost, double visibleInvented)
    {
        WaveletPyramid original = WaveletPyramid.Of(Luma.Of(Golden.Original)), decoded = WaveletPyramid.Of(Luma.Of(Golden.Decoded(name)));
        DetailSums total = DetailComparison.Of(Golden.Width, Golden.Height, original, decoded, map: false).Total;
        Assert.Equal(lost, total.Lost, 1e-6);
        Assert.Equal(invented, total.Invented, 1e-6);
        Assert.Equal(visibleLost, total.VisibleLost, 1e-6);
        Assert.Equal(visibleInvented, total.VisibleInvented, 1e-6);
    }
}
