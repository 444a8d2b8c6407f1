using System.Text;

namespace Navi.Agent.Tools.Refactor;

/// <summary>Renames whole identifiers in one file's text.</summary>
internal static class IdentifierRenamer
{
    public static RenamePlan Plan(string path, string text, string oldName, string newName)
    {
        var rules = LanguageRules.Of(path, text);
        var result = new StringBuilder(text.Length);
        var copied = 0;
        var count = 0;
        var collisions = new List<int>();
        var left = new List<int>();
        foreach (var segment in SourceLexer.Split(text, rules))
        {
            var name = segment.Kind == SegmentKind.String && segment.Whole && text.AsSpan(segment.Start, segment.End - segment.Start).SequenceEqual(oldName);
            foreach (var at in Occurrences(text, segment, oldName, rules))
            {
                // Only a string that is nothing but the name can be meant as the name: an export, a reflection.
                if (segment.Kind == SegmentKind.String && !name)
                {
                    left.Add(ToolText.LineOf(text, at));
                    continue;
                }

                result.Append(text, copied, at - copied).Append(newName);
                copied = at + oldName.Length;
                count++;
            }

            if (segment.Kind == SegmentKind.Code)
                collisions.AddRange(Occurrences(text, segment, newName, rules).Select(at => ToolText.LineOf(text, at)));
        }

        return new(result.Append(text, copied, text.Length - copied).ToString(), count, collisions, [.. left.Distinct()]);
    }

    private static IEnumerable<int> Occurrences(string text, SourceSegment segment, string name, LexerRules rules)
    {
        var at = segment.Start;
        while ((at = text.IndexOf(name, at, segment.End - at, StringComparison.Ordinal)) >= 0)
        {
            var end = at + name.Length;
            if ((at == segment.Start || !rules.IsIdentifier(text[at - 1])) && (end == segment.End || !rules.IsIdentifier(text[end])))
                yield return at;
            at = end;
        }
    }
}
