using Navi.Platform.Security.SigningKeys;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Navi.Platform.Security.Issuer.Keys;

/// <summary>Signs with the key that signs now: OpenIddict sorts its credentials and promises no order among equals.</summary>
internal sealed class SignWithCurrentKey(SigningKeyRing ring) : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
        .UseSingletonHandler<SignWithCurrentKey>()
        .SetOrder(OpenIddictServerHandlers.Protection.AttachSecurityCredentials.Descriptor.Order + 500)
        .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.SigningCredentials is not null)
        {
            var current = ring.Current!.Signing.KeyId;
            context.SigningCredentials = context.Options.SigningCredentials.Find(c => c.Key.KeyId == current)
                ?? throw new InvalidOperationException("The key that signs now is not among the issuer's credentials.");
        }
        return default;
    }
}
