using System.Security.Cryptography;
using Navi.Platform.Files;

namespace Navi.Cli.Places;

/// <summary>The local administrator's token: 256 random bits in the user's configuration directory, readable by the user alone.</summary>
internal static class LocalToken
{
    /// <summary>The token in the file; null when there is none.</summary>
    public static string? Read(NaviPlaces places)
    {
        try
        {
            return File.Exists(places.TokenFile) && File.ReadAllText(places.TokenFile).Trim() is { Length: > 0 } token ? token : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Usage, $"The token file '{places.TokenFile}' can't be read: {e.Message}", e);
        }
    }

    /// <summary>The token in the file, which is made when it is missing.</summary>
    public static string ReadOrMake(NaviPlaces places)
    {
        if (Read(places) is { } token)
            return token;
        try
        {
            // One that another process makes meanwhile wins.
            PrivateFiles.Write(places.TokenFile, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + "\n", replace: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Usage, $"The token file '{places.TokenFile}' can't be made: {e.Message} Set NAVI_CONFIG_HOME to a directory that you may write to.", e);
        }
        return Read(places) ?? throw CliException.Usage($"The token file '{places.TokenFile}' is empty. Delete it: the next start makes a new one.");
    }

    /// <summary>True when others than the owner may read or write the file.</summary>
    public static bool IsExposed(NaviPlaces places) => (File.GetUnixFileMode(places.TokenFile) & ~PrivateFiles.OwnerOnly) != 0;
}
