using Vestige.Images.Inspections;
using Vestige.Results;

namespace Vestige.Tests;

/// <summary>Rows are found by what they are called: where they stand in a table is nobody's promise.</summary>
internal static class RowsByName
{
    internal static Row Row(this AuditResult result, string name) => Assert.Single(result.Rows, row => row.Name == name);

    internal static InspectionRow Row(this InspectionResult result, string name) => Assert.Single(result.Rows, row => row.Name == name);
}
