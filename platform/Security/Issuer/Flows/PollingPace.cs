using Dapper;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Navi.Platform.Security.Issuer.Flows;

/// <summary>Answers <c>slow_down</c> to a device that asks sooner than it may, and has it wait five seconds more from then on (RFC 8628, 3.5).</summary>
internal sealed class PollingPace(NaviDatabase database, IOptions<IssuerOptions> options) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    // Before the code is judged: a code that still waits for its person is paced too.
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
        .UseScopedHandler<PollingPace>()
        .SetOrder(OpenIddictServerHandlers.Exchange.ValidateAuthentication.Descriptor.Order - 500)
        .Build();

    // A tenth is forgiven: the wire delays one question more than the next.
    private const string Sql = """
        WITH asked AS (
          SELECT id, coalesce(polled_at > now() - make_interval(secs => 0.9 * coalesce(poll_seconds, @seconds)), false) AS too_soon
          FROM navi.issuer_tokens WHERE reference_id = @reference AND type = @type FOR UPDATE)
        UPDATE navi.issuer_tokens t
        SET polled_at = now(), poll_seconds = coalesce(poll_seconds, @seconds) + CASE WHEN too_soon THEN 5 ELSE 0 END
        FROM asked WHERE t.id = asked.id RETURNING too_soon
        """;

    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (!context.Request.IsDeviceCodeGrantType() || context.Request.DeviceCode is not { Length: > 0 } code)
            return;
        var reference = ReusedToken.ReferenceOf(code);
        var tooSoon = await database.RunAsync(
            Scope.System, c => c.ExecuteScalarAsync<bool?>(Sql, new { reference, type = TokenTypeIdentifiers.Private.DeviceCode, seconds = options.Value.PollSeconds }), context.CancellationToken);
        if (tooSoon == true)
            context.Reject(Errors.SlowDown, "The device asks too often: it must wait five seconds longer between two questions.");
    }
}
