namespace Navi.DeploymentChecks.Bicep;

/// <summary>A run of the compiler that has ended.</summary>
/// <param name="ExitCode">0 when it compiled, warnings or not.</param>
/// <param name="Output">What it made.</param>
/// <param name="Said">Warnings and errors.</param>
internal sealed record BicepRun(int ExitCode, string Output, string Said);
