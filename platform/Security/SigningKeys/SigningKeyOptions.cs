using System.ComponentModel.DataAnnotations;

namespace Navi.Platform.Security.SigningKeys;

/// <summary>How long the keys of NAVI's own tokens live. Configuration section <c>Navi:SigningKeys</c>.</summary>
public sealed class SigningKeyOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:SigningKeys";

    /// <summary>How long a key signs or encrypts before the next one takes over. Default 30 days; at least twice <see cref="PublishLead"/>.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00", ErrorMessage = "Navi:SigningKeys:Lifetime must be from 01:00:00 to 365.00:00:00.")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Least time that a key is published before it signs: whoever verifies tokens must read the keys at least so often. Default 10 minutes; above <see cref="RefreshEvery"/>.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00", ErrorMessage = "Navi:SigningKeys:PublishLead must be from 00:01:00 to 7.00:00:00.")]
    public TimeSpan PublishLead { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a signing key stays published after it signed last; above the lifetime of the tokens it signs. Default one day.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "90.00:00:00", ErrorMessage = "Navi:SigningKeys:KeepAfter must be from 00:10:00 to 90.00:00:00.")]
    public TimeSpan KeepAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long an encryption key decrypts after it encrypted last; above the lifetime of refresh tokens. Default 15 days.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "365.00:00:00", ErrorMessage = "Navi:SigningKeys:EncryptKeepAfter must be from 00:10:00 to 365.00:00:00.")]
    public TimeSpan EncryptKeepAfter { get; set; } = TimeSpan.FromDays(15);

    /// <summary>How long a process uses the keys it has read before it reads them again. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "Navi:SigningKeys:RefreshEvery must be from 00:00:01 to 00:05:00.")]
    public TimeSpan RefreshEvery { get; set; } = TimeSpan.FromSeconds(30);
}
