using System.ComponentModel;
using Navi.Agent.Effects;

namespace Navi.Agent.Tools.Files;

internal sealed class EditFileTool : Tool<EditFileTool.Arguments>
{
    public override string Name => "edit_file";

    public override string Description => "Replaces a text in a file by another. The old text must be there exactly, and once unless replace_all is set.";

    public override EffectClass Effect => EffectClass.Workspace;

    public override ToolPhase? Phase => ToolPhase.Edit;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        context.Paths.ForWriting(arguments.Path);
        context.RefuseIgnored(arguments.Path);
        var file = context.ReadText(arguments.Path);
        var (oldText, newText) = (arguments.OldText, arguments.NewText);
        if (oldText.Length == 0)
            return Error("old_text: got an empty text; expected the text to replace. To create a file use write_file.");
        if (oldText == newText)
            return Error("new_text: is the same as old_text; nothing would change.");
        if (!file.Text.Contains(oldText, StringComparison.Ordinal) && file.Text.Contains("\r\n", StringComparison.Ordinal) && !oldText.Contains('\r', StringComparison.Ordinal))
        {
            // Models write \n; in a file with Windows line ends that means the file's own.
            oldText = oldText.Replace("\n", "\r\n", StringComparison.Ordinal);
            newText = newText.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        }

        var lines = Occurrences(file.Text, oldText);
        if (lines.Count == 0)
            return Error($"old_text does not occur in {arguments.Path}.{Hint(file.Text, arguments.OldText)}");
        if (lines.Count > 1 && !arguments.ReplaceAll)
            return Error($"old_text occurs {lines.Count} times in {arguments.Path}, at lines {string.Join(", ", lines.Take(10))}; add lines around it to name one, or set replace_all.");
        if (file.Encode(file.Text.Replace(oldText, newText, StringComparison.Ordinal)) is not { } bytes)
            return Error($"new_text has characters that {arguments.Path} can't hold in its encoding ({file.Encoding.WebName}).");
        context.Paths.Write(arguments.Path, bytes);
        return Task.FromResult(ToolResult.Ok($"Replaced {lines.Count} occurrence{(lines.Count == 1 ? "" : "s")} in {arguments.Path} at line{(lines.Count == 1 ? "" : "s")} {string.Join(", ", lines.Take(20))}."));
    }

    private static Task<ToolResult> Error(string text) => Task.FromResult(ToolResult.Error(text));

    private static List<int> Occurrences(string text, string part)
    {
        var lines = new List<int>();
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal))
            lines.Add(ToolText.LineOf(text, at));
        return lines;
    }

    // The usual mistakes are indentation and invented lines: show where the first line is, if anywhere.
    private static string Hint(string text, string wanted)
    {
        var first = TextFile.Lines(wanted).FirstOrDefault(l => l.Trim().Length > 0)?.Trim();
        if (first is null)
            return "";
        var near = TextFile.Lines(text).Index().Where(l => l.Item.Contains(first, StringComparison.Ordinal)).Select(l => l.Index + 1).Take(5).ToList();
        return near.Count == 0 ? " Read the file first." : $" Its first line is at line {string.Join(", ", near)}, but what follows or the indentation differs; read those lines.";
    }

    internal sealed record Arguments(
        [Description("File, relative to the workspace.")] string Path,
        [Description("The exact text to replace, with its indentation.")] string OldText,
        [Description("What comes in its place.")] string NewText,
        [Description("Replace every occurrence.")] bool ReplaceAll = false);
}
