using System.Text;
using System.Text.Json;
using Navi.Platform.Json;

namespace Navi.Agent.Models.Replay;

/// <summary>Appends turns to the file of <c>Navi:Models:RecordTo</c>, which only this user may read. Every key is left out, should a conversation contain one.</summary>
internal sealed class Recorder(string file, IReadOnlyList<string> keys)
{
    private readonly Lock writing = new();
    private readonly HashSet<string> hidden = [.. keys];

    /// <summary>Leaves this key out, too.</summary>
    public void Hide(string key)
    {
        lock (writing)
            hidden.Add(key);
    }

    public void Write(RecordedTurn turn)
    {
        var line = NaviJson.Write(turn);
        lock (writing)
        {
            // As the key stands in JSON text, where some characters are escaped.
            foreach (var key in hidden)
                line = line.Replace(JsonSerializer.Serialize(key, NaviJson.Options).Trim('"'), "***", StringComparison.Ordinal);
            using var stream = new FileStream(file, new FileStreamOptions
            {
                Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
    }
}
