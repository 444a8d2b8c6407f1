using System.ComponentModel;
using System.Text;
using System.Text.RegularExpressions;
using Navi.Agent.Effects;

namespace Navi.Agent.Tools.Refactor;

internal sealed partial class RenameIdentifierTool : Tool<RenameIdentifierTool.Arguments>
{
    private const int Shown = 50;

    // Words that are reserved in most of the languages at hand; as a new name they would break the code.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "and", "as", "assert", "async", "await", "break", "case", "catch", "class", "const", "continue", "def", "default", "del", "do", "elif", "else", "enum",
        "except", "export", "extends", "false", "False", "finally", "fn", "for", "foreach", "from", "func", "function", "global", "if", "impl", "import", "in", "interface",
        "is", "lambda", "let", "match", "mod", "namespace", "new", "None", "nonlocal", "not", "null", "or", "package", "pass", "private", "protected", "public", "pub",
        "raise", "return", "self", "static", "struct", "super", "switch", "this", "throw", "true", "True", "try", "type", "typeof", "use", "using", "var", "void",
        "while", "with", "yield",
    };

    public override string Name => "rename_identifier";

    public override string Description =>
        "Renames an identifier in all files or those a pattern matches: whole names only, in code, comments and interpolated code; strings only when they are nothing but the name. Reports strings it left.";

    public override EffectClass Effect => EffectClass.Workspace;

    public override ToolPhase? Phase => ToolPhase.Edit;

    public override TimeSpan Timeout => TimeSpan.FromMinutes(5);

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var (oldName, newName) = (arguments.OldName, arguments.NewName);
        foreach (var (field, name) in new[] { ("old_name", oldName), ("new_name", newName) })
            if (!Identifier().IsMatch(name))
                return Error($"{field}: got '{BoundedText.Brief(name)}'; expected an identifier: letters, digits, '_' or '$', not beginning with a digit.");
        if (oldName == newName)
            return Error("new_name: is the same as old_name; nothing would change.");
        if (Reserved.Contains(newName))
            return Error($"new_name: got '{newName}'; expected a name that is not a reserved word.");

        var plans = new List<(string Path, RenamePlan Plan, byte[] Content)>();
        var left = new List<string>();
        foreach (var (path, stat) in context.Files(arguments.Glob))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (context.TryReadText(path, stat.Size) is not { } file || !file.Text.Contains(oldName, StringComparison.Ordinal))
                continue;
            var plan = IdentifierRenamer.Plan(path, file.Text, oldName, newName);
            left.AddRange(plan.Left.Select(line => $"{path}:{line}"));
            if (plan.Count == 0)
                continue;
            if (file.Encode(plan.Text) is not { } bytes)
                return Error($"new_name: '{path}' can't hold it in its encoding ({file.Encoding.WebName}); nothing was changed.");
            plans.Add((path, plan, bytes));
        }

        var collisions = plans.SelectMany(p => p.Plan.Collisions.Distinct().Select(line => $"{p.Path}:{line}")).ToList();
        if (collisions.Count > 0)
            return Error($"new_name: '{newName}' is an identifier already, so that two things would become one; nothing was changed. It stands at {Some(collisions)}.");
        if (plans.Count == 0)
            return Error($"old_name: '{oldName}' is no identifier in {(arguments.Glob is null ? "any file" : $"the files that match '{BoundedText.Brief(arguments.Glob)}'")}; nothing was changed."
                + (left.Count > 0 ? $" It only stands inside strings: {Some(left)}." : ""));
        foreach (var (path, _, content) in plans)
            context.Paths.Write(path, content);
        return Task.FromResult(Report(oldName, newName, plans, left));
    }

    private static ToolResult Report(string oldName, string newName, List<(string Path, RenamePlan Plan, byte[] Content)> plans, List<string> left)
    {
        var total = plans.Sum(p => p.Plan.Count);
        var text = new StringBuilder($"Renamed {oldName} to {newName}: {total} occurrence{(total == 1 ? "" : "s")} in {plans.Count} file{(plans.Count == 1 ? "" : "s")}.\n");
        foreach (var (path, plan, _) in plans)
            text.Append(path).Append(": ").Append(plan.Count).Append('\n');
        if (left.Count > 0)
            text.Append("Left inside strings: ").Append(Some(left)).Append('\n');
        return ToolResult.Ok(text.ToString(), ToolText.Json(new { total, files = plans.Select(p => new { path = p.Path, count = p.Plan.Count }), left }));
    }

    private static string Some(List<string> places) =>
        string.Join(", ", places.Take(Shown)) + (places.Count > Shown ? $" and {places.Count - Shown} more" : "");

    private static Task<ToolResult> Error(string text) => Task.FromResult(ToolResult.Error(text));

    [GeneratedRegex(@"^[\p{L}_$][\p{L}\p{Nd}_$]{0,199}$")]
    private static partial Regex Identifier();

    internal sealed record Arguments(
        [Description("The name as it is.")] string OldName,
        [Description("The name as it shall be.")] string NewName,
        [Description("Only files that this pattern matches; without it, all.")] string? Glob = null);
}
