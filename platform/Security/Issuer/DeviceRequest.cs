namespace Navi.Platform.Security.Issuer;

/// <summary>A device that waits for a person.</summary>
/// <param name="Client">The client's id.</param>
/// <param name="Expected">The user whom it expects; null for anybody.</param>
/// <param name="Scopes">What it asks for.</param>
public sealed record DeviceRequest(string Client, string? Expected, IReadOnlyList<string> Scopes);
