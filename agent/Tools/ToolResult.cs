namespace Navi.Agent.Tools;

/// <summary>What a call gives back.</summary>
/// <param name="Content">The full text for the model; the caller stores it and shows <see cref="BoundedText.Cut(string, int)"/> of it.</param>
/// <param name="IsError">A failure that the model can act on. A failure of the platform is an exception instead.</param>
/// <param name="Data">The same facts as JSON, for programs: the rules provider and the verifier.</param>
internal sealed record ToolResult(string Content, bool IsError, string? Data = null)
{
    public static ToolResult Ok(string content, string? data = null) => new(content, IsError: false, data);

    public static ToolResult Error(string content, string? data = null) => new(content, IsError: true, data);
}
