namespace Navi.EndToEnd.Tests.Support;

/// <summary>A command that has ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors)
{
    public string All => Output + "\n" + Errors;
}
