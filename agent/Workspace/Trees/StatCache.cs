using System.Text;

namespace Navi.Agent.Workspace;

/// <summary>Which object each file of a directory was, so that an unchanged file is not hashed again.</summary>
internal sealed class StatCache
{
    private const int Format = 1;

    // The kernel stamps changes with the time of its last tick (at most 10 ms ago): a change in the tick of the recorded stamp would not show.
    private const long Granule = 50_000_000;

    private readonly Dictionary<string, (FileStat Stat, string Object)> entries = new(StringComparer.Ordinal);
    private long savedAt;

    public void Put(string path, FileStat stat, string objectId) => entries[path] = (stat, objectId);

    public string? Find(string path, FileStat stat) =>
        entries.TryGetValue(path, out var known) && known.Stat == stat && stat.ChangedAt + Granule < savedAt ? known.Object : null;

    public void Save(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var writer = new BinaryWriter(File.Create(file), Encoding.UTF8);
        writer.Write(Format);
        writer.Write((TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100);
        writer.Write(entries.Count);
        foreach (var (path, (stat, id)) in entries)
        {
            writer.Write(path);
            writer.Write(id);
            writer.Write((byte)stat.Kind);
            writer.Write(stat.Executable);
            writer.Write(stat.Size);
            writer.Write(stat.Inode);
            writer.Write(stat.ChangedAt);
            writer.Write(stat.ModifiedAt);
            writer.Write(stat.Owner);
            writer.Write(stat.Group);
        }
    }

    /// <summary>An unreadable cache is an empty one: everything is hashed again.</summary>
    public static StatCache Load(string file)
    {
        var cache = new StatCache();
        if (!File.Exists(file))
            return cache;
        try
        {
            using var reader = new BinaryReader(File.OpenRead(file), Encoding.UTF8);
            if (reader.ReadInt32() != Format)
                return cache;
            cache.savedAt = reader.ReadInt64();
            for (var left = reader.ReadInt32(); left > 0; left--)
            {
                var path = reader.ReadString();
                var id = reader.ReadString();
                cache.entries[path] = (new((FileKind)reader.ReadByte(), reader.ReadBoolean(), reader.ReadInt64(), reader.ReadUInt64(),
                    reader.ReadInt64(), reader.ReadInt64(), reader.ReadUInt32(), reader.ReadUInt32()), id);
            }

            return cache;
        }
        catch (EndOfStreamException)
        {
            return new StatCache();
        }
    }
}
