using Navi.Agent.Tools.Refactor;

namespace Navi.Agent.Code;

/// <summary>A source text with comments and the contents of strings blanked, every other character in its place.</summary>
internal static class CodeSkeleton
{
    public static string Of(string path, string text)
    {
        var result = text.ToCharArray();
        foreach (var segment in SourceLexer.Split(text, LanguageRules.Of(path, text)))
            if (segment.Kind != SegmentKind.Code)
                for (var i = segment.Start; i < segment.End; i++)
                    if (result[i] is not ('\n' or '\r'))
                        result[i] = ' ';
        return new string(result);
    }
}
