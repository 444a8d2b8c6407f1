using System.Text.RegularExpressions;

namespace Navi.Agent.Code;

/// <summary>
/// Definitions of a file by its language's patterns. Known limits: what macros, decorators or generated code define is not seen, nor what is
/// split over lines in unusual ways; types are not understood, so that equal names are not told apart.
/// </summary>
internal sealed class PatternSymbols
{
    private readonly string path;
    private readonly string text;
    private readonly string skeleton;
    private readonly PatternLanguage language;
    private readonly Brackets brackets;
    private readonly Indentation? indentation;
    private readonly LineStarts lines;
    private readonly Stack<OpenDefinition> open = new();
    private readonly List<CodeSymbol> found = [];

    private PatternSymbols(string path, string text, PatternLanguage language)
    {
        this.path = path;
        this.text = text;
        this.language = language;
        skeleton = CodeSkeleton.Of(path, text);
        brackets = new(skeleton);
        indentation = language.Indented ? new(skeleton, brackets) : null;
        lines = new(text);
    }

    public static IReadOnlyList<CodeSymbol> Read(string path, string text, PatternLanguage language)
    {
        var reader = new PatternSymbols(path, text, language);
        reader.Read();
        return reader.found;
    }

    private void Read()
    {
        // Of two rules at one name the earlier one holds; it may still not count there, and then the later one is asked.
        var matches = language.Rules
            .SelectMany((rule, index) => rule.Expression.Matches(skeleton).Select(m => (Rule: rule, Index: index, Match: m, Name: m.Groups["name"])))
            .Where(m => m.Name.Success && !language.NoNames.Contains(m.Name.Value))
            .OrderBy(m => m.Name.Index).ThenBy(m => m.Index)
            .ToList();
        var last = -1;
        for (var i = 0; i < matches.Count; i++)
        {
            var (rule, _, match, name) = matches[i];
            if (name.Index == last)
                continue;
            while (open.TryPeek(out var ended) && ended.End < name.Index)
                open.Pop();
            if (!Counts(rule, name.Index))
                continue;
            last = name.Index;
            var next = matches.FindIndex(i + 1, m => m.Name.Index != name.Index);
            Take(rule, match, name, next < 0 ? skeleton.Length : matches[next].Name.Index);
        }
    }

    private bool Counts(PatternRule rule, int at)
    {
        var inside = open.TryPeek(out var definition) ? definition : null;
        var around = brackets.Around(at);
        var direct = inside is not null && (indentation is null ? around?.Open == inside.Body : around is null);
        return rule.Place switch
        {
            PatternPlace.Anywhere => true,
            PatternPlace.Top => Top(inside, around),
            PatternPlace.Member => direct && inside!.IsType,
            PatternPlace.TopOrMember => Top(inside, around) || (direct && inside!.IsType),
            _ => around is not null && WordBefore(around.Open) == rule.Word && brackets.Around(around.Open) is null,
        };
    }

    private static bool Top(OpenDefinition? inside, BracketPair? around) =>
        inside is null ? around is null : inside.Kind == SymbolKind.Namespace && (around is null || around.Open == inside.Body);

    private void Take(PatternRule rule, Match match, Group name, int next)
    {
        var inside = open.TryPeek(out var definition) ? definition : null;
        var inType = inside is { IsType: true };
        var owner = match.Groups["owner"] is { Success: true } given ? given.Value : inside?.FullName;
        var body = rule.Opens && indentation is null ? brackets.Body(name.Index + name.Length, next) : null;
        var end = indentation is not null ? rule.Opens ? indentation.End(name.Index) : name.Index : body?.Close ?? name.Index;
        var kind = inType && rule.InType is { } member ? member : rule.Kind;
        if (!rule.Hidden)
        {
            var line = lines.Of(name.Index);
            var lineEnd = text.IndexOf('\n', name.Index) is >= 0 and var newline ? newline : text.Length;
            var head = text.AsSpan(lines.StartOf(line), (body is not null && body.Open > name.Index ? body.Open : lineEnd) - lines.StartOf(line));
            found.Add(new(name.Value, kind, path, line, lines.Of(Math.Max(name.Index, Math.Min(end, text.Length - 1))), owner, SymbolText.Head(head).TrimEnd(':', '{', ' ')));
        }

        if (rule.Opens && end > name.Index)
            open.Push(new(kind, owner is null || rule.Hidden ? name.Value : $"{owner}.{name.Value}", body?.Open ?? -1, end));
    }

    private string WordBefore(int at)
    {
        var end = at;
        while (end > 0 && skeleton[end - 1] is ' ' or '\t')
            end--;
        var start = end;
        while (start > 0 && char.IsLetter(skeleton[start - 1]))
            start--;
        return skeleton[start..end];
    }
}
