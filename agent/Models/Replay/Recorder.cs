using System.Text;
using System.Text.Json;
using Navi.Platform.Json;

namespace Navi.Agent.Models.Replay;

/// <summary>Appends turns to the file of <c>Navi:Models:RecordTo</c>, which only this user may read. Every configured key is left out, should a conversation contain one.</summary>
internal sealed class Recorder(string file, IReadOnlyList<string> keys)
{
    private readonly Lock writing = new();

    public void Write(RecordedTurn turn)
    {
        var line = NaviJson.Write(turn);
        // As the key stands in JSON text, where some characters are escaped.
        foreach (var key in keys)
            line = line.Replace(JsonSerializer.Serialize(key, NaviJson.Options).Trim('"'), "***", StringComparison.Ordinal);
        lock (writing)
        {
            using var stream = new FileStream(file, new FileStreamOptions
            {
                Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
    }
}
