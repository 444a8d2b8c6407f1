using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Navi.Agent.Code;

/// <summary>
/// What a compiler's recursion, or its search for an overload, could not stand: code that no person writes, but that a repository may hold. The length of a file bounds how deep anything in it can go,
/// also what is hidden from a count of characters: each level takes some of them, and <see cref="DeepStack"/> has room for as many.
/// </summary>
internal static class Nesting
{
    /// <summary>Characters of a file that is read.</summary>
    public const int LongestFile = 300_000;

    private const int DeepestText = 10_000;
    private const int DeepestTree = 2_000;
    private const int DeepestLambdas = 8;
    private const int MostAngles = 300;
    private const int MostQuestions = 200;

    /// <summary>True when the text must not be parsed.</summary>
    public static bool IsTooMuch(string text)
    {
        // With what looks like a comment and without it: it may hide what opens or what closes, and may stand in a string.
        return text.Length > LongestFile || IsTooMuch(text, comments: true) || IsTooMuch(text, comments: false);
    }

    private static bool IsTooMuch(string text, bool comments)
    {
        var (brackets, angles, questions) = (0, 0, 0);
        for (var i = 0; i < text.Length; i++)
            switch (text[i])
            {
                case '/' when !comments && i + 1 < text.Length && text[i + 1] is '/' or '*':
                    i = CommentEnd(text, i);
                    break;
                case '(' or '[' or '{':
                    if (++brackets > DeepestText)
                        return true;
                    (angles, questions) = text[i] == '{' ? (0, 0) : (angles, questions);
                    break;
                case ')' or ']' or '}':
                    brackets = Math.Max(0, brackets - 1);
                    questions = text[i] == '}' ? 0 : questions;
                    break;
                // A shift or a comparison is none.
                case '<' when i + 1 < text.Length && text[i + 1] is '<' or '=':
                    i++;
                    break;
                case '<':
                    if (++angles > MostAngles)
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
                case ',' or '"':
                    questions = 0;
                    break;
            }

        return false;
    }

    private static int CommentEnd(string text, int at)
    {
        var line = text[at + 1] == '/';
        var end = line ? text.IndexOf('\n', at) : text.IndexOf("*/", at + 2, StringComparison.Ordinal);
        return end < 0 ? text.Length : line ? end : end + 1;
    }

    /// <summary>True when a tree must not be bound: a chain of thousands of members, or functions inside each other, which are bound against every overload around them.</summary>
    public static bool IsTooMuch(SyntaxNode root)
    {
        var open = new Stack<(SyntaxNode Node, int Depth, int Lambdas)>();
        open.Push((root, 0, 0));
        while (open.TryPop(out var next))
        {
            if (next.Depth > DeepestTree || next.Lambdas > DeepestLambdas)
                return true;
            foreach (var child in next.Node.ChildNodes())
                open.Push((child, next.Depth + 1, next.Lambdas + (child is AnonymousFunctionExpressionSyntax ? 1 : 0)));
        }

        return false;
    }
}
