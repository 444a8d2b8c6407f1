namespace Navi.Functions.Identity.Connect;

/// <summary>Examples of the issuer's endpoints in the API's document.</summary>
internal static class ConnectExamples
{
    public const string Discovery =
        """{"issuer":"https://navi.example.com/","token_endpoint":"https://navi.example.com/connect/token","device_authorization_endpoint":"https://navi.example.com/connect/device","revocation_endpoint":"https://navi.example.com/connect/revoke","jwks_uri":"https://navi.example.com/.well-known/jwks"}""";

    public const string Keys = """{"keys":[{"kid":"2026-01-31-5f0c","use":"sig","kty":"EC","alg":"ES256","crv":"P-256","x":"…","y":"…"}]}""";

    public const string DeviceForm = "client_id=navi-cli&scope=openid%20offline_access%20navi";

    public const string Device =
        """{"device_code":"kSYPH…","user_code":"BCDF-GHJK","verification_uri":"https://navi.example.com/connect/verify","verification_uri_complete":"https://navi.example.com/connect/verify?user_code=BCDF-GHJK","expires_in":599,"interval":5}""";

    public const string TokenForm = "grant_type=client_credentials&client_id=svc-01&client_secret=SECRET&scope=navi";

    public const string Token = """{"access_token":"eyJhbGciOi…","token_type":"Bearer","expires_in":599,"scope":"navi"}""";

    public const string RevocationForm = "client_id=navi-cli&token=TOKEN";

    public const string Error = """{"error":"invalid_client","error_description":"The specified client is not known."}""";

    public const string Pending = """{"error":"authorization_pending","error_description":"The authorization has not been granted yet by the end user."}""";
}
