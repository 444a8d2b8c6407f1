using System.Security.Cryptography;
using System.Text;

namespace Navi.Drills.Kills.Working;

/// <summary>
/// Workspaces as the effect class means them: every attempt writes in a place of its own, from its step's parent commit; a commit is named by the digest of
/// what it holds, and which commit is the task's head is the ledger's word alone.
/// </summary>
/// <param name="root">Directory, outside of workers and database.</param>
internal sealed class DraftTrees(string root)
{
    /// <summary>The commit that every task begins with.</summary>
    public string Empty => Keep("");

    /// <summary>An attempt: the parent's content and this call's line.</summary>
    /// <returns>The commit.</returns>
    public string Write(Guid task, string callId, string attempt, string parent)
    {
        var draft = Path.Combine(root, $"{task}-{callId}-{attempt}.draft");
        File.WriteAllText(draft, Read(parent));
        File.AppendAllText(draft, callId + "\n");
        var commit = Keep(File.ReadAllText(draft));
        File.Delete(draft);
        return commit;
    }

    /// <summary>What a commit holds.</summary>
    public string Read(string commit) => File.ReadAllText(Path.Combine(root, commit));

    private string Keep(string content)
    {
        var commit = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        var file = Path.Combine(root, commit);
        if (File.Exists(file))
            return commit;
        // Whoever makes the same commit writes the same bytes; a half-written one is never read.
        var unfinished = $"{file}.{Environment.ProcessId}.{Guid.NewGuid():n}";
        File.WriteAllText(unfinished, content);
        File.Move(unfinished, file, overwrite: true);
        return commit;
    }
}
