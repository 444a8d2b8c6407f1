using System.Text.Json;
using Navi.Platform.Json;

namespace Navi.Agent.Models.Replay;

/// <summary>A recorded conversation: JSON lines, each a <see cref="RecordedTurn"/>.</summary>
internal static class Recording
{
    private const long Longest = 256L << 20;

    /// <summary>Reads a recording.</summary>
    /// <exception cref="InvalidDataException">The file is no recording; the message says which line is wrong.</exception>
    public static IReadOnlyList<RecordedTurn> Read(string file)
    {
        var turns = new List<RecordedTurn>();
        var number = 0;
        if (new FileInfo(file).Length > Longest)
            throw new InvalidDataException($"it is larger than {Longest >> 20} MiB");
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (line.Length > 0)
                turns.Add(Turn(line, number));
        }
        return turns.Count > 0 ? turns : throw new InvalidDataException("it has no turn");
    }

    /// <summary>What is wrong with a file; null for a recording.</summary>
    public static string? Problem(string file)
    {
        try
        {
            Read(file);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return e.Message;
        }
    }

    private static RecordedTurn Turn(string line, int number)
    {
        try
        {
            var turn = NaviJson.Read<RecordedTurn>(line);
            return turn is { Version: RecordedTurn.CurrentVersion, Messages: not null, Tools: not null, Answer.Contents: not null, Finish: not null }
                ? turn : throw new InvalidDataException($"line {number} is no turn of version {RecordedTurn.CurrentVersion}");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"line {number} is no turn: {e.Message}", e);
        }
    }
}
