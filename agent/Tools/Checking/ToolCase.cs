namespace Navi.Agent.Tools.Checking;

/// <summary>One call of a tool in the repository of <see cref="CheckRepository"/>, and how it has to end.</summary>
/// <param name="Tool">Name in the registry.</param>
/// <param name="Kind">What it shows.</param>
/// <param name="Arguments">JSON.</param>
/// <param name="Says">What the answer has to contain.</param>
/// <param name="IsError">The result is an error.</param>
internal sealed record ToolCase(string Tool, ToolCaseKind Kind, string Arguments, string Says, bool IsError)
{
    public static ToolCase Works(string tool, string arguments, string says) => new(tool, ToolCaseKind.Works, arguments, says, IsError: false);

    public static ToolCase Fails(string tool, string arguments, string says) => new(tool, ToolCaseKind.Fails, arguments, says, IsError: true);

    public static ToolCase Refuses(string tool, string arguments, string says) => new(tool, ToolCaseKind.Refuses, arguments, says, IsError: true);
}
