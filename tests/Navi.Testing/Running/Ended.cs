namespace Navi.Testing.Running;

/// <summary>A command that has ended.</summary>
public sealed record Ended(int ExitCode, string Output, string Errors)
{
    public string All => Output + "\n" + Errors;
}
