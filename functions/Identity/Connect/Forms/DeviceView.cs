namespace Navi.Functions.Identity.Connect.Forms;

/// <summary>Answer of POST /connect/device (RFC 8628, 3.2).</summary>
internal sealed record DeviceView(string DeviceCode, string UserCode, string VerificationUri, string? VerificationUriComplete, int ExpiresIn, int Interval);
