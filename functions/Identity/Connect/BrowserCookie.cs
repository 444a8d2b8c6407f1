using Microsoft.AspNetCore.Http;
using Navi.Platform.Security.People;

namespace Navi.Functions.Identity.Connect;

/// <summary>The secrets that a browser keeps: out of reach of scripts, and bound to this host where there is TLS (RFC 6265bis, 4.1.3.2).</summary>
internal static class BrowserCookie
{
    /// <summary>Names the session.</summary>
    public const string Session = "navi-session";

    /// <summary>Binds a sign-in at an issuer outside to the browser that began it.</summary>
    public const string SignIn = "navi-signin";

    public static Secret? Read(HttpRequest request, Uri issuer, string name) => Secret.Of(request.Cookies[NameOf(issuer, name)]);

    public static void Write(HttpResponse response, Uri issuer, string name, Secret secret, TimeSpan lifetime)
    {
        var options = Options(issuer);
        options.MaxAge = lifetime;
        response.Cookies.Append(NameOf(issuer, name), secret.Value, options);
    }

    public static void Remove(HttpResponse response, Uri issuer, string name) => response.Cookies.Delete(NameOf(issuer, name), Options(issuer));

    /// <summary>Whether a form comes from one of our own pages. Browsers say so with every POST; what does not say so is no browser of ours.</summary>
    public static bool IsOwnForm(HttpRequest request, Uri issuer) =>
        Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin) && Uri.Compare(origin, issuer, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static CookieOptions Options(Uri issuer) => new() { HttpOnly = true, Secure = IsSecure(issuer), SameSite = SameSiteMode.Lax, Path = "/" };

    private static string NameOf(Uri issuer, string name) => IsSecure(issuer) ? "__Host-" + name : name;

    private static bool IsSecure(Uri issuer) => issuer.Scheme == Uri.UriSchemeHttps;
}
