using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Navi.Agent.Effects;
using Navi.Agent.Tools.Editing;

namespace Navi.Agent.Tools.Files;

internal sealed class EditFileTool : Tool<EditFileTool.Arguments>
{
    public override string Name => "edit_file";

    public override string Description =>
        "Replaces a text in a file by another. The old text should be there exactly; where it is not, a block of whole lines that differs only in blanks, indentation or typographic signs is taken, if there is just one. "
        + "Of several occurrences 'after' or 'line' names one, or replace_all takes all. With an empty old_text the new one is inserted below the line that 'after' names.";

    public override EffectClass Effect => EffectClass.Workspace;

    public override ToolPhase? Phase => ToolPhase.Edit;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        context.Paths.ForWriting(arguments.Path);
        context.RefuseIgnored(arguments.Path);
        var file = context.ReadText(arguments.Path, ToolText.MaxEditedBytes);
        var edit = TextEdit.Make(file.Text, arguments.Path, new(arguments.OldText, arguments.NewText, arguments.ReplaceAll, arguments.After, arguments.Line));
        if (edit.Text is not { } text)
            return Task.FromResult(ToolResult.Error(edit.Message));
        if (file.Encode(text) is not { } bytes)
            return Task.FromResult(ToolResult.Error($"new_text has characters that {arguments.Path} can't hold in its encoding ({file.Encoding.WebName})."));
        context.Paths.Write(arguments.Path, bytes);
        return Task.FromResult(ToolResult.Ok(edit.Message));
    }

    internal sealed record Arguments(
        [Description("File, relative to the workspace.")] string Path,
        [Description("The text to replace, with its indentation.")] string OldText,
        [Description("What comes in its place.")] string NewText,
        [Description("Replace every occurrence.")] bool ReplaceAll = false,
        [Description("A text that stands once in the file, such as a function's first line: only what comes after it is looked at.")] string? After = null,
        [Description("Of several occurrences the one that is nearest to this line."), Range(1, int.MaxValue)] int? Line = null);
}
