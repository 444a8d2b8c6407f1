using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Navi.Platform.Security.Issuer.Keys;

/// <summary>Signs with the one key of the request's options that may sign: OpenIddict sorts its credentials and promises no order among equals.</summary>
internal sealed class SignWithCurrentKey : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
        .UseSingletonHandler<SignWithCurrentKey>()
        .SetOrder(OpenIddictServerHandlers.Protection.AttachSecurityCredentials.Descriptor.Order + 500)
        .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.SigningCredentials is not null)
            context.SigningCredentials = context.Options.SigningCredentials.OfType<CurrentCredentials>().Single();
        return default;
    }
}
