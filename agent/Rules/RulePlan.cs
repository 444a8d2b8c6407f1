using System.Text.Json;
using Microsoft.Extensions.AI;
using Navi.Agent.Projects;
using Navi.Agent.Tools;

namespace Navi.Agent.Rules;

/// <summary>The tool calls that the steps of a task come to, one after the other.</summary>
internal static class RulePlan
{
    private const int SummaryLimit = 2000;

    /// <summary>The next call after those made so far. The same conversation always gives the same call.</summary>
    public static FunctionCallContent Next(RuleConversation conversation)
    {
        if (RuleParser.Parse(conversation.Task) is not { } steps)
            return Finish(conversation.Calls.Count, "refused", RuleFamily.Refusal(conversation.Task), null, null);
        var calls = conversation.Calls.Where(c => c.HasResult).ToList();
        if (calls.LastOrDefault() is { IsError: true } failed)
            return Finish(calls.Count, "failed", $"{failed.Tool} failed: {BoundedText.Cut(failed.Content, SummaryLimit)}", null, null);

        var planned = steps.SelectMany(Calls).ToList();
        if (calls.Count < planned.Count)
        {
            var (tool, arguments) = planned[calls.Count](calls);
            return new FunctionCallContent($"rules-{calls.Count}", tool, arguments);
        }

        var survey = steps.OfType<RuleStep.Survey>().Any();
        var summary = string.Join('\n', calls.Select(Summary).Where(s => s.Length > 0));
        var changes = steps.Any(s => s is RuleStep.Rename or RuleStep.Replace);
        return Finish(calls.Count, "done", BoundedText.Cut(summary, SummaryLimit), survey ? SurveyCollector.ReportPath : null, changes ? "change" : survey ? "survey" : "report");
    }

    private static IEnumerable<Func<List<RuleCall>, (string Tool, Dictionary<string, object?> Arguments)>> Calls(RuleStep step)
    {
        switch (step)
        {
            case RuleStep.Survey:
                yield return _ => ("survey_repository", []);
                yield return calls => ("write_file", new() { ["path"] = SurveyCollector.ReportPath, ["content"] = Report(calls) });
                break;
            case RuleStep.Rename rename:
                var arguments = new Dictionary<string, object?> { ["old_name"] = rename.OldName, ["new_name"] = rename.NewName };
                if (rename.Glob is not null)
                    arguments["glob"] = rename.Glob;
                yield return _ => ("rename_identifier", arguments);
                break;
            case RuleStep.Replace replace:
                yield return _ => ("replace_text", new() { ["glob"] = replace.Glob, ["find"] = replace.Find, ["replace"] = replace.With });
                break;
            case RuleStep.RunTests:
                yield return _ => ("run_tests", []);
                break;
            case RuleStep.RunCommand command:
                yield return _ => ("run_command", new() { ["command"] = command.Line });
                break;
        }
    }

    private static string Report(List<RuleCall> calls) =>
        SurveyReport.Render(JsonSerializer.Deserialize<SurveyFacts>(calls.Last(c => c.Tool == "survey_repository").Data, ArgumentSchemas.Json)!);

    private static string Summary(RuleCall call) => call.Tool switch
    {
        "survey_repository" => "",
        "write_file" => $"The survey is in {SurveyCollector.ReportPath}.",
        "run_tests" => string.Join('\n', JsonSerializer.Deserialize<TestRunSummary>(call.Data, ArgumentSchemas.Json)!.Runs.Select(r => r.Summary)),
        _ => BoundedText.Cut(call.Content.Trim(), SummaryLimit),
    };

    private static FunctionCallContent Finish(int index, string status, string summary, string? report, string? kind)
    {
        var arguments = new Dictionary<string, object?> { ["status"] = status, ["summary"] = summary };
        if (report is not null)
            arguments["report_path"] = report;
        if (kind is not null)
            arguments["kind"] = kind;
        return new FunctionCallContent($"rules-{index}", "finish_task", arguments);
    }
}
