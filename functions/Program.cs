using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Navi.Functions;
using Navi.Functions.KeyVault;

// The worker process of the AzureFunctions build; the portable host has its own start.
var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
NaviApplication.Use(builder);
NaviApplication.Register(builder.Services, builder.Configuration);
builder.Services.AddKeyVaultKeys(builder.Configuration);
var host = builder.Build();
// Before the Functions host is told that this worker is ready: no function meets an old schema.
await NaviApplication.PrepareAsync(host.Services, CancellationToken.None);
await host.RunAsync();
