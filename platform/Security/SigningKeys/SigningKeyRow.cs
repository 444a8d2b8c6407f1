namespace Navi.Platform.Security.SigningKeys;

/// <summary>A row of navi.signing_keys, with the database's view of its times.</summary>
internal sealed class SigningKeyRow
{
    public const string Sign = "sign";
    public const string Encrypt = "encrypt";

    public string Id { get; init; } = "";

    public string Use { get; init; } = "";

    public byte[] PrivateKey { get; init; } = [];

    /// <summary>It signs or encrypts now.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>Seconds until the next of its times; null when none is to come.</summary>
    public double? SecondsToChange { get; init; }
}
