using Vestige.Estimators.Atoms;
using Vestige.Numerics.Neighbours;
using Vestige.Results;

namespace Vestige.Estimators.Points;

/// <summary><see cref="CertifiedCurve"/> of points: a cell is how many of the nearest describing points, of H and G pooled, are G's.</summary>
internal static class PointCurve
{
    private const int K = PointLedger.K;

    internal static IReadOnlyList<CurvePoint> Of(PointCloud heldOut, PointCloud generated)
    {
        PointSet describingH = Part(heldOut, describing: true, out _), describingG = Part(generated, describing: true, out _);
        CertifiedCurve.Sample Cells(PointCloud cloud)
        {
            var sample = new CertifiedCurve.Sample();
            if (describingH.Count + describingG.Count == 0) return sample;
            PointSet queries = Part(cloud, describing: false, out List<int> documents);
            NeighbourTable toH = NearestNeighbours.Find(queries, describingH, K, excludeOwnUnit: false, threads: 1);
            NeighbourTable toG = NearestNeighbours.Find(queries, describingG, K, excludeOwnUnit: false, threads: 1);
            for (int i = 0; i < queries.Count; i++)
            {
                int ofG = 0;
                // The nearer of the next of each; a tie is H's, for points of both samples.
                for (int taken = 0; taken < K; taken++)
                {
                    float h = taken - ofG < K ? toH.SquaredDistance(i, taken - ofG + 1, describingH.GroupCount) : float.PositiveInfinity;
                    if (toG.SquaredDistance(i, ofG + 1, describingG.GroupCount) < h) ofG++;
                }
                sample.Add(documents[i], ofG);
            }
            return sample;
        }

        return CertifiedCurve.Of(Cells(heldOut), Cells(generated), K + 1);
    }

    private static PointSet Part(PointCloud cloud, bool describing, out List<int> documents)
    {
        documents = [];
        var values = new List<float>();
        for (int i = 0; i < cloud.Count; i++)
        {
            if (CertifiedCurve.Describes(cloud.DocumentOf[i]) != describing) continue;
            values.AddRange(cloud.Points[i]);
            documents.Add(cloud.DocumentOf[i]);
        }
        return new PointSet([.. values], cloud.Points.Dimensions);
    }
}
