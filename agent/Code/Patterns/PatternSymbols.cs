namespace Navi.Agent.Code;

/// <summary>
/// Definitions of a file by its language's patterns. Known limits: what macros, decorators or generated code define is not seen, nor what is
/// split over lines in unusual ways; types are not understood, so that equal names are not told apart.
/// </summary>
internal sealed class PatternSymbols
{
    // Nobody nests so deeply; a file that does would make names ever longer.
    private const int Deepest = 50;
    private const int LongestHead = 2_000;

    private readonly string path;
    private readonly string text;
    private readonly string skeleton;
    private readonly PatternLanguage language;
    private readonly Brackets brackets;
    private readonly Indentation? indentation;
    private readonly LineStarts lines;
    private readonly List<PatternMatch> matches;
    private readonly Stack<OpenDefinition> open = new();
    private readonly List<CodeSymbol> found = [];

    private PatternSymbols(string path, string text, PatternLanguage language)
    {
        this.path = path;
        this.text = text;
        this.language = language;
        skeleton = CodeSkeleton.Of(path, text);
        brackets = new(skeleton);
        indentation = language.Indented ? new(skeleton, brackets, language.Closer) : null;
        lines = new(text);
        matches = PatternMatches.Of(language, skeleton);
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
        var last = -1;
        foreach (var match in matches)
        {
            if (match.Name == last)
                continue;
            while (open.TryPeek(out var ended) && ended.End < match.Name)
                open.Pop();
            if (!Counts(language.Rules[match.Rule], match.Name))
                continue;
            last = match.Name;
            Take(language.Rules[match.Rule], match);
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

    private void Take(PatternRule rule, PatternMatch match)
    {
        var inside = open.TryPeek(out var definition) ? definition : null;
        var name = text.Substring(match.Name, match.Length).Replace("::", ".", StringComparison.Ordinal);
        var owner = match.Owner >= 0 ? text.Substring(match.Owner, match.OwnerLength) : inside?.FullName;
        var body = rule.Opens && indentation is null ? brackets.Body(match.Name + match.Length, NameAfter) : null;
        var end = indentation is not null ? rule.Opens ? indentation.End(match.Name) : match.Name : body?.Close ?? match.Name;
        var kind = inside is { IsType: true } && rule.InType is { } member ? member : rule.Kind;
        if (!rule.Hidden)
            found.Add(new(name, kind, path, lines.Of(match.Name), lines.Of(Math.Max(match.Name, Math.Min(end, text.Length - 1))), owner, Head(match, body)));
        if (rule.Opens && end > match.Name && open.Count < Deepest)
            open.Push(new(kind, owner is null || rule.Hidden ? name : $"{owner}.{name}", body?.Open ?? -1, end));
    }

    // From the definition's first word, or its line's, to its body or the end of its line.
    private string Head(PatternMatch match, BracketPair? body)
    {
        var line = lines.Of(match.Name);
        var start = Math.Max(lines.StartOf(line), Math.Min(match.Start, match.Name));
        var end = body is not null && body.Open > match.Name ? body.Open : Math.Max(match.Name + match.Length, lines.EndOf(line, text.Length));
        return SymbolText.Head(text.AsSpan(start, Math.Min(LongestHead, end - start)).TrimStart("{}(); \t\r\n")).TrimEnd(':', '{', ' ');
    }

    private int NameAfter(int offset)
    {
        var low = 0;
        var high = matches.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (matches[middle].Name <= offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low == matches.Count ? skeleton.Length : matches[low].Name;
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
