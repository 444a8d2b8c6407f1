using System.Globalization;
using Navi.Cli.Api;
using Navi.Cli.Output;

namespace Navi.Cli.Live;

/// <summary>What happened and what to do next, after a task has ended.</summary>
internal static class Summary
{
    public static void Show(Screen screen, TaskView task)
    {
        screen.Line();
        screen.Line(StopReasons.Explain(task.StopReason!), StopReasons.ToneOf(task.StopReason));
        if (task.Summary is { Length: > 0 } summary)
            screen.Line(summary.TrimEnd());
        if (task.InputTokens > 0)
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"Used {task.InputTokens:N0} tokens in and {task.OutputTokens ?? 0:N0} out: {Money.Say(task.Cost)}."));
        Verification(screen, task.Verification);
        if (task.Branch is { Length: > 0 } branch)
            Next(screen, task, branch);
        screen.Line($"Everything about it: {Invocation.Name} show {task.Id}", Tone.Faint);
    }

    private static void Verification(Screen screen, VerificationView? verification)
    {
        foreach (var check in verification?.Checks ?? [])
        {
            var command = check.Command is { Length: > 0 } c ? $" ({c})" : "";
            var details = check.Details is { ValueKind: System.Text.Json.JsonValueKind.String } d ? $": {FirstLine(d.GetString()!)}" : "";
            screen.Line($"  {check.Name}{command}: {check.Outcome.Replace('_', ' ')}{details}", check.Outcome == "passed" ? Tone.Good : Tone.Warning);
        }
    }

    private static void Next(Screen screen, TaskView task, string branch)
    {
        screen.Line();
        screen.Line($"The result is the branch {branch}. Your working tree is untouched. Look at it and take it over:", Tone.Strong);
        if (Repositories.IsUrl(task.Repository))
        {
            screen.Line($"  git fetch {Shell.Quote(task.Repository)} {branch}");
            screen.Line("  git log -p HEAD..FETCH_HEAD");
            screen.Line("  git merge FETCH_HEAD");
            return;
        }
        var git = $"git -C {Shell.Quote(task.Repository)}";
        screen.Line($"  {git} diff {task.BaseCommit ?? "HEAD"}..{branch}");
        screen.Line($"  {git} merge {branch}");
        screen.Line("Or throw it away:");
        screen.Line($"  {git} branch -D {branch}");
    }

    private static string FirstLine(string text)
    {
        var line = text.TrimStart().Split('\n')[0].TrimEnd();
        return line.Length <= 200 ? line : line[..199] + "…";
    }
}
