using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Navi.Functions.Http;
using Navi.Functions.OpenApi.Description;
using Navi.Platform.Hosting;

namespace Navi.Functions.Identity;

/// <summary>GET /v1/me.</summary>
public sealed class MeFunction(IOptions<NaviOptions> navi)
{
    private const string Example =
        """{"user":"ada","organisation":"example","roles":["approver","viewer"],"kind":"person","issuer":"https://login.example.com","expires_at":"2026-01-31T08:10:00Z","environment":"Production"}""";

    /// <summary>Who NAVI takes the caller for.</summary>
    [Function(nameof(GetMe))]
    [Operation("Identity", "Who NAVI takes the caller for, and what it may do.")]
    [Answers(200, "The caller.", Body = typeof(MeView), Example = Example)]
    public IResult GetMe([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/me")] HttpRequest request, FunctionContext context)
    {
        var caller = AccessMiddleware.PrincipalOf(context);
        return Answer.Json(new MeView(
            caller.User, caller.Organisation, [.. caller.Roles.Order(StringComparer.Ordinal)], caller.Name, caller.Kind, caller.Issuer, caller.ExpiresAt, navi.Value.Environment));
    }
}
