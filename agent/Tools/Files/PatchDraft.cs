using Navi.Agent.Tools.Editing;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tools.Files;

/// <summary>What a patch makes of the files, in memory until all of it fits. Errors are <see cref="FormatException"/> with a message for the model.</summary>
internal sealed class PatchDraft(ToolContext context)
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // By path; null for a file that is gone.
    private readonly Dictionary<string, byte[]?> files = [];
    private readonly Dictionary<string, string> movedFrom = [];
    private readonly Dictionary<string, bool> executable = [];

    /// <summary>What had to be overlooked to apply it.</summary>
    public List<string> Notes { get; } = [];

    public bool Exists(string path) => files.TryGetValue(context.Paths.Relative(path), out var content) ? content is not null : context.Paths.Resolve(path).Stat.Kind != FileKind.Missing;

    public void Apply(FilePatch patch)
    {
        if (patch.OldPath is null && Exists(patch.NewPath!))
            throw new FormatException($"The patch creates '{patch.NewPath}', which exists already.");
        var moves = patch.OldPath is not null && patch.NewPath is not null && context.Paths.Relative(patch.OldPath) != context.Paths.Relative(patch.NewPath);
        if (patch.NewPath is { } written)
        {
            // Changing only the case of a name is a rename to what the guard would take for a twin.
            if (!moves || !OnlyNameChangesCase(patch.OldPath!, written))
                context.Paths.ForWriting(written);
            context.RefuseIgnored(written);
        }

        if (moves && Exists(patch.NewPath!))
            throw new FormatException($"The patch moves '{patch.OldPath}' to '{patch.NewPath}', which exists already.");
        var before = patch.OldPath is null ? [] : Read(patch.OldPath);
        var after = patch.Hunks.Count + patch.Blocks.Count == 0 ? before : Changed(patch, before);
        if (patch.NewPath is null)
        {
            if (patch.Hunks.Count > 0 && after.Length > 0)
                throw new FormatException($"The patch deletes '{patch.OldPath}' but does not remove all of its lines.");
            files[context.Paths.Relative(patch.OldPath!)] = null;
            return;
        }

        if (moves)
        {
            files[context.Paths.Relative(patch.OldPath!)] = null;
            movedFrom[context.Paths.Relative(patch.NewPath)] = context.Paths.Relative(patch.OldPath!);
        }

        files[context.Paths.Relative(patch.NewPath)] = after;
        if (patch.Executable is { } runs)
            executable[context.Paths.Relative(patch.NewPath)] = runs;
    }

    /// <summary>Puts everything into the directory.</summary>
    public void Write()
    {
        RefuseCollisions();
        try
        {
            WriteAll();
        }
        catch (PathRefusedException refused)
        {
            // Half of it may be there: as a failure of the files all of it is dropped.
            throw new IOException(refused.Message, refused);
        }
    }

    private static bool OnlyNameChangesCase(string from, string to) =>
        from.Equals(to, StringComparison.OrdinalIgnoreCase) && Path.GetDirectoryName(from) == Path.GetDirectoryName(to);

    private void RefuseCollisions()
    {
        var written = files.Where(file => file.Value is not null).Select(file => file.Key).ToList();
        if (written.GroupBy(path => path, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twins)
            throw new FormatException($"The patch has files whose names differ only by case: {string.Join(", ", twins)}.");
        if (written.FirstOrDefault(path => written.Exists(other => other.StartsWith(path + "/", StringComparison.OrdinalIgnoreCase))) is { } both)
            throw new FormatException($"The patch has '{both}' both as a file and as a directory.");
    }

    private void WriteAll()
    {
        var modes = movedFrom.ToDictionary(move => move.Key, move => Mode(move.Value));
        foreach (var path in files.Where(file => file.Value is null).Select(file => file.Key))
        {
            if (context.Paths.Resolve(path) is { Stat.Kind: FileKind.File, Full: var full })
                File.Delete(full);
        }

        foreach (var (path, content) in files)
        {
            if (content is null)
                continue;
            context.Paths.Write(path, content);
            var full = context.Paths.Resolve(path).Full;
            if (OperatingSystem.IsWindows())
                continue;
            if (modes.GetValueOrDefault(path) is { } mode)
                File.SetUnixFileMode(full, mode);
            if (executable.TryGetValue(path, out var runs))
                File.SetUnixFileMode(full, runs ? File.GetUnixFileMode(full) | Executable : File.GetUnixFileMode(full) & ~Executable);
        }
    }

    private UnixFileMode? Mode(string path) => !OperatingSystem.IsWindows() && context.Paths.Resolve(path) is { Stat.Kind: FileKind.File, Full: var full } ? File.GetUnixFileMode(full) : null;

    private byte[] Changed(FilePatch patch, byte[] before)
    {
        var file = TextFile.Of(before) ?? throw new FormatException($"'{patch.OldPath}' is binary.");
        var text = file.Text;
        if (patch.Hunks.Count > 0)
        {
            var patched = HunkApplier.Apply(patch, text);
            Notes.AddRange(patched.Notes);
            text = patched.Text;
        }

        foreach (var (index, block) in patch.Blocks.Index())
        {
            var edit = TextEdit.Make(text, patch.Path, block);
            text = edit.Text ?? throw new FormatException($"Block {index + 1} of '{patch.Path}': {edit.Message}");
            if (edit.Message.Contains("differ", StringComparison.Ordinal))
                Notes.Add($"Block {index + 1}: {edit.Message}");
        }

        return file.Encode(text) ?? throw new FormatException($"'{patch.Path}' can't hold the new text in its encoding ({file.Encoding.WebName}).");
    }

    private byte[] Read(string path) => files.TryGetValue(context.Paths.Relative(path), out var content)
        ? content ?? throw new FormatException($"'{path}' is gone by an earlier part of the patch.")
        : context.Paths.Read(path, ToolText.MaxEditedBytes);
}
