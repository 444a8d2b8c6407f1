namespace Navi.Cli.Places;

/// <summary>Files that only their owner may read.</summary>
internal static class PrivateFiles
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode OwnerDirectory = OwnerOnly | UnixFileMode.UserExecute;

    public static void MakeDirectory(string path)
    {
        if (!Directory.Exists(path))
            Directory.CreateDirectory(path, OwnerDirectory);
    }

    /// <summary>Writes the whole file under another name first: a reader sees all of it or nothing.</summary>
    /// <returns>False when the file exists and <paramref name="replace"/> is false; it is left as it is.</returns>
    public static bool Write(string path, string text, bool replace)
    {
        MakeDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Guid.NewGuid():n}.tmp";
        using (var file = new StreamWriter(new FileStream(unfinished, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly })))
            file.Write(text);
        try
        {
            File.Move(unfinished, path, replace);
            return true;
        }
        catch (IOException) when (!replace && File.Exists(path))
        {
            File.Delete(unfinished);
            return false;
        }
    }
}
