using System.Text.RegularExpressions;

namespace Navi.Agent.Rules;

/// <summary>
/// Understands a small family of tasks in plain English, clause by clause. A task is understood as a whole or not at all: doing half of
/// what was asked would look like all of it.
/// </summary>
internal static partial class RuleParser
{
    private const string Quoted = """(?:`[^`\n]+`|"[^"\n]+"|'[^'\n]+')""";
    private const string Name = $"(?:{Quoted}|[\\p{{L}}_$][\\p{{L}}\\p{{Nd}}_$]*)";
    private const string Pattern = $"(?:{Quoted}|[^\\s,;`\"']+)";
    private const string Where = $"(?:\\s+(?:in|within|inside)\\s+(?:all\\s+(?:the\\s+)?)?(?:files?\\s+(?:matching\\s+|like\\s+)?)?(?<glob>(?!the\\b|every|all\\b){Pattern})(?:\\s+files?)?)?";

    /// <summary>The steps in order; null when any part is not understood.</summary>
    public static IReadOnlyList<RuleStep>? Parse(string task)
    {
        var steps = new List<RuleStep>();
        var rest = Opening().Replace(task.Trim(), "");
        while (rest.Length > 0)
        {
            if (Clause(rest) is not { } found)
                return null;
            steps.Add(found.Step);
            rest = rest[found.Length..];
            if (Ending().IsMatch(rest))
                break;
            if (Joint().Match(rest) is not { Success: true } joint)
                return null;
            rest = rest[joint.Length..];
        }

        return steps.Count > 0 ? steps : null;
    }

    private static (RuleStep Step, int Length)? Clause(string text)
    {
        if (RenameClause().Match(text) is { Success: true } rename)
            return (new RuleStep.Rename(Unquote(rename.Groups["old"]), Unquote(rename.Groups["new"]), Glob(rename)), rename.Length);
        if (ReplaceClause().Match(text) is { Success: true } replace)
            return (new RuleStep.Replace(Unquote(replace.Groups["find"]), Unquote(replace.Groups["with"]), Glob(replace) ?? "**"), replace.Length);
        if (TestsClause().Match(text) is { Success: true } tests)
            return (new RuleStep.RunTests(), tests.Length);
        if (CommandClause().Match(text) is { Success: true } command)
            return (new RuleStep.RunCommand(command.Groups["line"].Value), command.Length);
        return SurveyClause().Match(text) is { Success: true } survey ? (new RuleStep.Survey(), survey.Length) : null;
    }

    // The full stop of a sentence is not part of a pattern.
    private static string? Glob(Match match) => match.Groups["glob"].Success ? Unquote(match.Groups["glob"]).TrimEnd('.') : null;

    private static string Unquote(Group group) => group.Value is [var first and ('"' or '\'' or '`'), .., var last] && first == last ? group.Value[1..^1] : group.Value;

    [GeneratedRegex(@"^(?:(?:please|kindly|now|could you|can you|i want you to|i'd like you to)[\s,]+)+", RegexOptions.IgnoreCase)]
    private static partial Regex Opening();

    [GeneratedRegex(@"^[\s.!?;]*$")]
    private static partial Regex Ending();

    [GeneratedRegex(@"^(?:\s*[,;.\n]+\s*(?:(?:and\s+)?(?:then|afterwards|finally|after that)[\s,]+|and\s+)?|\s+(?:and\s+)?(?:then\s+|afterwards\s+|finally\s+)|\s+and\s+(?:also\s+)?)(?:please\s+)?", RegexOptions.IgnoreCase)]
    private static partial Regex Joint();

    [GeneratedRegex($"^rename\\s+(?:the\\s+)?(?:(?:identifier|function|method|variable|class|type|constant|field|property|parameter|symbol|name)\\s+)?(?<old>{Name})\\s+(?:to|into|as|->|=>)\\s+(?<new>{Name})(?:\\s+(?:everywhere|throughout(?:\\s+the\\s+(?:code|repository|project|codebase))?|in\\s+(?:the\\s+whole|the|all|every)\\s*(?:of\\s+the\\s+)?(?:code|repository|repo|project|codebase|files?)?))?{Where}(?=[\\s.,;!?]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex RenameClause();

    [GeneratedRegex($"^(?:replace|change|substitute)\\s+(?:the\\s+)?(?:text\\s+|string\\s+|every\\s+|all\\s+)?(?<find>{Quoted})\\s+(?:with|by|to)\\s+(?:the\\s+)?(?:text\\s+|string\\s+)?(?<with>{Quoted}|``|\"\"|'')(?:\\s+everywhere)?{Where}(?=[\\s.,;!?]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex ReplaceClause();

    [GeneratedRegex(@"^(?:run|execute)\s+(?:all\s+)?(?:of\s+)?(?:the\s+|its\s+|your\s+|this\s+)?(?:project's\s+|repository's\s+|unit\s+|existing\s+)?(?:tests?(?:\s+suite)?)(?:\s+(?:again|here))?(?:\s+and\s+(?:report(?:\s+(?:back|the\s+results?|what\s+happens))?|tell\s+me\s+the\s+results?))?(?=[\s.,;!?]|$)|^tests?\s+(?:it|everything|the\s+(?:project|repository))(?=[\s.,;!?]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex TestsClause();

    [GeneratedRegex(@"^(?:run|execute)\s+(?:the\s+)?(?:command\s+|shell\s+command\s+)?`(?<line>[^`]+)`(?:\s+and\s+report(?:\s+the\s+(?:output|results?))?)?(?=[\s.,;!?]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex CommandClause();

    [GeneratedRegex(@"^(?:survey(?:\s+(?:this|the|my)\s+(?:repository|repo|project|codebase|code))?|(?:write|make|create|produce|give\s+me)\s+(?:me\s+)?(?:a|the)\s+(?:survey|report|overview)(?:\s+(?:of|on|about)\s+(?:this|the|my)\s+(?:repository|repo|project|codebase|code))?|(?:describe|report\s+on|analyse|analyze)\s+(?:this|the)\s+(?:repository|repo|project|codebase))(?:\s+and\s+write\s+(?:a|the)\s+(?:markdown\s+)?report)?(?=[\s.,;!?]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex SurveyClause();
}
