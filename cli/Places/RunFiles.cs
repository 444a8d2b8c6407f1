using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Navi.Platform.Files;

namespace Navi.Cli.Places;

/// <summary>The files by which commands find a running <c>navi up</c>: run/PID.json in NAVI's home.</summary>
internal static class RunFiles
{
    /// <summary>A name for the database of a process: <c>private</c>, or a digest of NAVI_DATABASE, which may hold a password.</summary>
    public static string DatabaseName(string? connectionString) =>
        connectionString is null ? "private" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(connectionString)))[..16];

    /// <summary>Announces this process; dispose the result to take it back.</summary>
    public static IDisposable Announce(NaviPlaces places, string url, string database)
    {
        using var self = Process.GetCurrentProcess();
        var path = PathOf(places, self.Id);
        PrivateFiles.Write(path, JsonSerializer.Serialize(new RunFile(self.Id, self.StartTime.ToUniversalTime(), url, database)), replace: true);
        return new Announcement(path);
    }

    /// <summary>The processes that still run, oldest first; files of dead ones are removed.</summary>
    public static IReadOnlyList<RunFile> Alive(NaviPlaces places)
    {
        if (!Directory.Exists(places.Runs))
            return [];
        var alive = new List<RunFile>();
        foreach (var path in Directory.GetFiles(places.Runs, "*.json"))
        {
            var run = Read(path);
            if (run is not null && IsAlive(run))
                alive.Add(run);
            else
                Remove(path);
        }
        return [.. alive.OrderBy(r => r.ProcessStarted)];
    }

    public static bool IsAlive(RunFile run)
    {
        try
        {
            using var process = Process.GetProcessById(run.Pid);
            return !process.HasExited && (process.StartTime.ToUniversalTime() - run.ProcessStarted.UtcDateTime).Duration() < TimeSpan.FromSeconds(2);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string PathOf(NaviPlaces places, int pid) => Path.Combine(places.Runs, pid.ToString(CultureInfo.InvariantCulture) + ".json");

    private static RunFile? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<RunFile>(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's file: it stays, and is ignored again the next time.
        }
    }

    private sealed class Announcement(string path) : IDisposable
    {
        public void Dispose() => Remove(path);
    }
}
