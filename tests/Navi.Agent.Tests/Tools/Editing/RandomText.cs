using System.Text;

namespace Navi.Agent.Tests.Tools.Editing;

/// <summary>Texts as files have them: any line ends, some without the last, some with long lines, other alphabets, repeated lines and marks.</summary>
internal static class RandomText
{
    private static readonly string[] Words = ["alpha", "beta", "  gamma", "\tdelta", "", "}", "{", "return x;", "größe", "日本語", "𝒳", "a  b", "trailing  ", "-minus", "+plus", "@@", "\\ back", "--- a/f"];

    public static string Of(Random random)
    {
        var text = new StringBuilder();
        var style = random.Next(4);
        for (var lines = random.Next(0, 40); lines > 0; lines--)
        {
            text.Append(Line(random));
            if (lines > 1 || random.Next(3) > 0)
                text.Append(End(random, style));
        }

        return text.ToString();
    }

    /// <summary>The same with some lines changed, added or gone.</summary>
    public static string Changed(Random random, string text)
    {
        var lines = text.Split('\n').ToList();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(lines.Count);
            switch (random.Next(3))
            {
                case 0:
                    lines[at] = Line(random) + (lines[at].EndsWith('\r') ? "\r" : "");
                    break;
                case 1:
                    lines.Insert(at, Line(random) + (lines[at].EndsWith('\r') ? "\r" : ""));
                    break;
                default:
                    if (lines.Count > 1)
                        lines.RemoveAt(at);
                    break;
            }
        }

        return string.Join('\n', lines);
    }

    /// <summary>A file of some encoding, with a mark or without; none whose encoding is known by its content alone, which an edit may take away.</summary>
    public static byte[] Bytes(Random random)
    {
        var text = Of(random);
        return random.Next(3) switch
        {
            0 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
            1 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            _ => Encoding.UTF8.GetBytes(text),
        };
    }

    private static string Line(Random random) => random.Next(20) == 0
        ? new string((char)('a' + random.Next(26)), random.Next(2000, 9000))
        : string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Words[random.Next(Words.Length)]));

    private static string End(Random random, int style) => style switch
    {
        0 or 1 => "\n",
        2 => "\r\n",
        _ => random.Next(2) == 0 ? "\n" : "\r\n",
    };
}
