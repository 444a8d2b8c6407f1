namespace Navi.Platform.Files;

/// <summary>Files that only their owner may read.</summary>
public static class PrivateFiles
{
    /// <summary>Mode 0600.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode OwnerDirectory = OwnerOnly | UnixFileMode.UserExecute;

    private const int Attempts = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Makes the directory, with mode 0700, when it is missing.</summary>
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
        if (replace)
        {
            File.Move(unfinished, path, overwrite: true);
            return true;
        }
        // A move that must not overwrite looks first and moves then: two at once would both find nothing.
        using (Alone($"{path}.lock"))
        {
            if (!File.Exists(path))
            {
                File.Move(unfinished, path);
                return true;
            }
        }
        File.Delete(unfinished);
        return false;
    }

    private static FileStream Alone(string path)
    {
        using var never = new ManualResetEventSlim();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = OwnerOnly });
            }
            catch (IOException) when (attempt < Attempts)
            {
                never.Wait(Pause);
            }
        }
    }
}
