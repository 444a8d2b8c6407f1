using System.Text.Json;
using Navi.Cli.Api;
using Navi.Cli.Places;
using Navi.Platform.Files;

namespace Navi.Cli.SignIn;

/// <summary>The sign-ins of this user, one per NAVI: logins.json in the configuration directory, mode 0600, written whole.</summary>
internal sealed class LoginFile(NaviPlaces places)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private string FilePath => Path.Combine(places.ConfigHome, "logins.json");

    public StoredLogin? Read(Uri server) => ReadAll().GetValueOrDefault(Key(server));

    public void Write(Uri server, StoredLogin login) => Change(all => all[Key(server)] = login);

    public void Delete(Uri server) => Change(all => all.Remove(Key(server)));

    /// <summary>
    /// Held by one process at a time: a refresh token is good once, and a second use of the same one ends the whole sign-in.
    /// </summary>
    public async Task<IDisposable> LockAsync(CancellationToken cancellation)
    {
        PrivateFiles.MakeDirectory(places.ConfigHome);
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            try
            {
                // The system lets go of it when the process ends, however it ends.
                return new FileStream(FilePath + ".lock", new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = PrivateFiles.OwnerOnly,
                });
            }
            catch (IOException) when (waited.Elapsed < Patience)
            {
                await Task.Delay(50, cancellation);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw CliException.Usage($"'{FilePath}.lock' can't be locked: {e.Message}");
            }
        }
    }

    // Scheme, host, port and path: a token of one NAVI is never sent to another.
    private static string Key(Uri server) => server.AbsoluteUri.TrimEnd('/');

    private void Change(Action<Dictionary<string, StoredLogin>> change)
    {
        var all = ReadAll();
        change(all);
        try
        {
            PrivateFiles.Write(FilePath, JsonSerializer.Serialize(all, WireJson.Indented) + "\n", replace: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliException.Usage($"The sign-in can't be kept in '{FilePath}': {e.Message}");
        }
    }

    private Dictionary<string, StoredLogin> ReadAll()
    {
        try
        {
            return File.Exists(FilePath) ? JsonSerializer.Deserialize<Dictionary<string, StoredLogin>>(File.ReadAllText(FilePath)) ?? [] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw CliException.Usage($"The sign-ins in '{FilePath}' can't be read: {e.GetType().Name}. Delete the file and sign in again.");
        }
    }
}
