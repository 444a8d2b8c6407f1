using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Navi.Functions.Http;
using Navi.Platform.Security.Identity;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Functions.Identity;

/// <summary>Denies by default: an HTTP function runs only for a known token whose roles the access table names. Other triggers pass.</summary>
internal sealed class AccessMiddleware(BearerAuthenticator authenticator, NaviMeters meters) : IFunctionsWorkerMiddleware
{
    private const string Key = "navi.principal";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http || AccessTable.Public.Contains(context.FunctionDefinition.Name))
        {
            await next(context);
            return;
        }
        if (await RefusalAsync(context, http) is { } refusal)
            context.GetInvocationResult().Value = refusal;
        else
            await next(context);
    }

    /// <summary>The caller of an HTTP function that this middleware let pass.</summary>
    public static Principal PrincipalOf(FunctionContext context) => (Principal)context.Items[Key];

    /// <summary>The caller, when one was let pass; null before that and where no token is needed.</summary>
    public static Principal? FindPrincipal(FunctionContext context) => context.Items.TryGetValue(Key, out var principal) ? (Principal)principal : null;

    private async Task<IResult?> RefusalAsync(FunctionContext context, HttpContext http)
    {
        if (await AuthenticateAsync(http) is not { } principal)
        {
            meters.Add(MetricCatalogue.AuthFailures, 1, "unauthenticated");
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"navi\"";
            return Problem.Of(401, "unauthenticated", "A valid bearer token is needed.", "Send the header 'Authorization: Bearer TOKEN'.");
        }
        if (!AccessTable.RoleOf.TryGetValue(context.FunctionDefinition.Name, out var role) || !(role == AccessTable.Anybody || principal.Roles.Contains(role)))
        {
            meters.Add(MetricCatalogue.AuthFailures, 1, "forbidden");
            return Problem.Of(403, "forbidden", $"'{principal.User}' may not do this.", role is null ? null : $"The role '{role}' is needed.");
        }
        context.Items[Key] = principal;
        return null;
    }

    private async Task<Principal?> AuthenticateAsync(HttpContext http)
    {
        try
        {
            return await authenticator.AuthenticateAsync(http.Request.Headers.Authorization, http.RequestAborted);
        }
        catch (IdentityUnavailableException)
        {
            meters.Add(MetricCatalogue.AuthFailures, 1, "issuer_unavailable");
            throw;
        }
    }
}
