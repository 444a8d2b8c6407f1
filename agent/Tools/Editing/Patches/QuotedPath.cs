using System.Text;

namespace Navi.Agent.Tools.Editing;

/// <summary>A path as git quotes it: C escapes, bytes of UTF-8 in octal.</summary>
internal static class QuotedPath
{
    /// <summary>A path that may be quoted.</summary>
    public static string OrPlain(string path) => path is ['"', .., '"'] ? Read(path[1..^1]) : path;

    private static string Read(string quoted)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < quoted.Length; i++)
        {
            if (quoted[i] != '\\' || i + 1 == quoted.Length)
            {
                var width = char.IsHighSurrogate(quoted[i]) && i + 1 < quoted.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(quoted.Substring(i, width)));
                i += width - 1;
                continue;
            }

            i++;
            if (quoted[i] is >= '0' and <= '3' && i + 2 < quoted.Length)
            {
                bytes.Add((byte)(((quoted[i] - '0') << 6) | ((quoted[i + 1] - '0') << 3) | (quoted[i + 2] - '0')));
                i += 2;
                continue;
            }

            bytes.Add(quoted[i] switch
            {
                'a' => 7,
                'b' => 8,
                't' => 9,
                'n' => 10,
                'v' => 11,
                'f' => 12,
                'r' => 13,
                var other => (byte)other,
            });
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
