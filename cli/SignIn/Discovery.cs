namespace Navi.Cli.SignIn;

/// <summary>The parts of a NAVI's discovery document (OpenID Connect Discovery 1.0, RFC 8628 section 4) that the command uses.</summary>
internal sealed record Discovery(Uri Issuer, Uri TokenEndpoint, Uri? DeviceAuthorizationEndpoint, Uri? RevocationEndpoint);
