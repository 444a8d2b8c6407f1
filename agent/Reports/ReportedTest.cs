namespace Navi.Agent.Reports;

/// <summary>One test as a runner reported it.</summary>
/// <param name="Name">With its class or file.</param>
/// <param name="State">passed, failed or skipped.</param>
/// <param name="Seconds">Null where the report has no time.</param>
/// <param name="Message">Why it failed or was skipped.</param>
internal sealed record ReportedTest(string Name, string State, double? Seconds, string? Message)
{
    public const string Passed = "passed";
    public const string Failed = "failed";
    public const string Skipped = "skipped";
}
