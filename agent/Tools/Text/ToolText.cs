using System.Text.Json;

namespace Navi.Agent.Tools;

/// <summary>Reading text for tools, within their bounds, and writing data for programs.</summary>
internal static class ToolText
{
    /// <summary>The most a tool reads of one file.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>The most an edit, or a look at a few lines, reads of one file.</summary>
    public const int MaxEditedBytes = 64 * 1024 * 1024;

    /// <summary>A text file, or a refusal that says what it is.</summary>
    public static TextFile ReadText(this ToolContext context, string path, int maxBytes = MaxBytes) => TextFile.Of(context.Paths.Read(path, maxBytes))
        ?? throw new PathRefusedException($"File '{BoundedText.Brief(path)}' is binary.");

    /// <summary>A text file among many; null when it is binary or too large.</summary>
    public static TextFile? TryReadText(this ToolContext context, string path, long size) =>
        size > MaxBytes ? null : TextFile.Of(context.Paths.Read(path, MaxBytes));

    public static string Json<T>(T value) => JsonSerializer.Serialize(value, ArgumentSchemas.Json);

    public static int LineOf(string text, int offset) => text.AsSpan(0, offset).Count('\n') + 1;
}
