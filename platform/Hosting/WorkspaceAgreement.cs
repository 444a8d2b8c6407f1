using Navi.Platform.Data;
using Navi.Platform.Data.Connections;
using Npgsql;

namespace Navi.Platform.Hosting;

/// <summary>
/// Processes that share a database share its tasks, and so must share the directory of their workspaces. The first local process
/// registers its own; later ones on the same machine work there, whatever their home is; a process elsewhere is refused.
/// </summary>
public static class WorkspaceAgreement
{
    private const string MarkFile = ".navi-workspaces";

    /// <summary>The directory to work in: <paramref name="own"/>, or the one that an earlier process of this machine registered.</summary>
    /// <param name="database">A migrated database.</param>
    /// <param name="own">This process's directory; made when missing, readable by its user alone.</param>
    /// <param name="cancellation">Cancels the wait for the database.</param>
    /// <exception cref="WorkspaceAgreementException">The registered directory can't be reached from here.</exception>
    public static async Task<string> AgreeAsync(DatabaseOptions database, string own, CancellationToken cancellation)
    {
        var mark = await MarkAsync(own, cancellation);
        await using var source = DatabaseConnections.Direct(database);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var first = Command("INSERT INTO public.navi_workspaces (machine, root, mark) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", own, mark))
            await first.ExecuteNonQueryAsync(cancellation);
        await using var find = new NpgsqlCommand("SELECT machine, root, mark FROM public.navi_workspaces FOR UPDATE", connection, transaction);
        string machine, root, registered;
        await using (var reader = await find.ExecuteReaderAsync(cancellation))
        {
            await reader.ReadAsync(cancellation);
            (machine, root, registered) = (reader.GetString(0), reader.GetString(1), reader.GetString(2));
        }
        var there = Path.Combine(root, MarkFile);
        if (File.Exists(there) && await File.ReadAllTextAsync(there, cancellation) == registered)
        {
            await transaction.CommitAsync(cancellation);
            return root;
        }
        if (machine != Environment.MachineName)
            throw new WorkspaceAgreementException(
                $"The tasks of this database have their workspaces in '{root}' on '{machine}', which '{Environment.MachineName}' can't reach. Start NAVI there or use another database; "
                + "when that machine is gone for good: DELETE FROM public.navi_workspaces.");
        // The directory was deleted: unfinished tasks that worked there end with a sentence that says so, new ones work here.
        await using (var move = Command("UPDATE public.navi_workspaces SET machine = $1, root = $2, mark = $3", own, mark))
            await move.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return own;

        NpgsqlCommand Command(string sql, string directory, string sign) => new(sql, connection, transaction)
        {
            Parameters = { new() { Value = Environment.MachineName }, new() { Value = directory }, new() { Value = sign } },
        };
    }

    private static async Task<string> MarkAsync(string directory, CancellationToken cancellation)
    {
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = Path.Combine(directory, MarkFile);
        if (!File.Exists(path))
        {
            // Complete before it has its name; the first of two processes wins.
            var part = $"{path}.{Guid.NewGuid():n}";
            await File.WriteAllTextAsync(part, Guid.NewGuid().ToString("n"), cancellation);
            try
            {
                File.Move(part, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(part);
            }
        }
        return await File.ReadAllTextAsync(path, cancellation);
    }
}
