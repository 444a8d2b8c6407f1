using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Navi.Agent.Loop;
using Navi.Functions.Errors;
using Navi.Functions.Health;
using Navi.Functions.Http;
using Navi.Functions.Http.Requests;
using Navi.Functions.Identity;
using Navi.Functions.Tasks;
using Navi.Orchestrations;
using Navi.Platform.Data;
using Navi.Platform.Hosting;
using Navi.Platform.Security.Encryption;

namespace Navi.Functions;

/// <summary>What NAVI adds to whichever host runs it; the same two calls on both.</summary>
public static class NaviApplication
{
    /// <summary>Registers everything the functions need. Invalid configuration stops the process at start.</summary>
    public static IServiceCollection Register(IServiceCollection services, IConfiguration configuration) =>
        services.AddPlatform(configuration).AddAgent(configuration).AddOrchestrations(configuration).AddSingleton<TaskIntake>().AddSingleton<Readiness>();

    /// <summary>Adds the worker middleware: the request's id and trace outermost, then errors, then access.</summary>
    public static IFunctionsWorkerApplicationBuilder Use(IFunctionsWorkerApplicationBuilder builder) =>
        builder.UseMiddleware<RequestMiddleware>().UseMiddleware<ErrorMiddleware>().UseMiddleware<ErrorRecordMiddleware>().UseMiddleware<AccessMiddleware>();

    /// <summary>Checks the wrapping key, brings the database to this build's schema and makes the first signing keys; called before the host starts. Many processes may do so at once.</summary>
    /// <exception cref="MigrationException">The database is newer than this build, or an applied migration was edited.</exception>
    /// <exception cref="OptionsValidationException">The configuration is invalid.</exception>
    /// <exception cref="EncryptionKeyException">The wrapping key is missing, weak or does not work.</exception>
    /// <exception cref="CipherException">The database's keys were wrapped by another key than this process has.</exception>
    public static Task PrepareAsync(IServiceProvider services, CancellationToken cancellation) => PlatformPreparation.RunAsync(services, cancellation);
}
