using Microsoft.CodeAnalysis;

namespace Navi.Agent.Code;

/// <summary>What a compiler's recursion could not stand: code that no person writes, but that a repository may hold.</summary>
internal static class Nesting
{
    private const int DeepestText = 500;
    private const int DeepestTree = 2_000;
    private const int MostQuestions = 200;
    private const int LongestDirective = 2_000;

    /// <summary>True when brackets, type arguments or a directive go so deep that the text must not be parsed.</summary>
    public static bool IsTooDeep(string text)
    {
        var (brackets, angles, questions) = (0, 0, 0);
        for (var i = 0; i < text.Length; i++)
            switch (text[i])
            {
                case '(' or '[' or '{':
                    if (++brackets > DeepestText)
                        return true;
                    (angles, questions) = text[i] == '{' ? (0, 0) : (angles, questions);
                    break;
                case ')' or ']' or '}':
                    brackets = Math.Max(0, brackets - 1);
                    questions = text[i] == '}' ? 0 : questions;
                    break;
                case '<':
                    if (++angles > DeepestText)
                        return true;
                    break;
                case '>':
                    angles = Math.Max(0, angles - 1);
                    break;
                // For each of them the parser looks ahead, whether it ends a type.
                case '?':
                    if (++questions > MostQuestions)
                        return true;
                    break;
                case ';':
                    (angles, questions) = (0, 0);
                    break;
                case ',':
                    questions = 0;
                    break;
                case '#' when StartsLine(text, i) && LineEnd(text, i) - i > LongestDirective:
                    return true;
            }

        return false;
    }

    /// <summary>True when a tree is so deep, as a chain of thousands of members is, that it must not be bound.</summary>
    public static bool IsTooDeep(SyntaxNode root)
    {
        var open = new Stack<(SyntaxNode Node, int Depth)>();
        open.Push((root, 0));
        while (open.TryPop(out var next))
        {
            if (next.Depth > DeepestTree)
                return true;
            foreach (var child in next.Node.ChildNodes())
                open.Push((child, next.Depth + 1));
        }

        return false;
    }

    private static bool StartsLine(string text, int at)
    {
        while (at > 0 && text[at - 1] is ' ' or '\t')
            at--;
        return at == 0 || text[at - 1] is '\n' or '\r';
    }

    private static int LineEnd(string text, int from) => text.IndexOf('\n', from) is >= 0 and var end ? end : text.Length;
}
