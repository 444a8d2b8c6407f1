using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Navi.Portable.Host.Durable;
using Navi.Portable.Host.Functions;
using Navi.Portable.Host.Http;
using Navi.Portable.Host.Invocation;
using Navi.Portable.Host.Timers;
using Npgsql;

namespace Navi.Portable.Host;

/// <summary>Takes services, configuration and worker middleware of the application before the host is built.</summary>
public sealed class PortableHostBuilder
{
    // Time left after an interruption for the interrupted to end by themselves.
    private static readonly TimeSpan DrainGrace = TimeSpan.FromSeconds(5);

    // What WebApplication looks for before it adds authentication to the pipeline by itself.
    private const string AuthenticationMiddlewareMark = "__AuthenticationMiddlewareSet";

    private readonly PortableHostOptions options;
    private readonly WebApplicationBuilder web;
    private readonly WorkerApplicationBuilder worker;

    internal PortableHostBuilder(PortableHostOptions options)
    {
        this.options = options;
        web = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        worker = new WorkerApplicationBuilder(web.Services);
        web.WebHost.UseUrls(options.Urls);
        web.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxRequestBodyBytes;
            if (options.Certificate is { } certificate)
                kestrel.ConfigureHttpsDefaults(https => (https.ServerCertificate, https.ServerCertificateChain) = (certificate.Leaf, certificate.Chain));
        });
        // The slim builder leaves TLS out.
        if (options.Certificate is not null)
            web.WebHost.UseKestrelHttpsConfiguration();
        // Who runs the host decides what a signal means; see PortableHost.RunAsync.
        web.Services.AddSingleton<IHostLifetime, NoSignals>();
        // Requests drain first and durable work after them; each has its time.
        web.Services.Configure<HostOptions>(host => host.ShutdownTimeout = (2 * options.DrainTimeout) + DrainGrace);
        web.Services.AddRouting();
        web.Services.AddProblemDetails();
        web.Services.AddSingleton<DrainToken>();
        web.Services.TryAddSingleton(TimeProvider.System);
    }

    /// <summary>Services of the application.</summary>
    public IServiceCollection Services => web.Services;

    /// <summary>Configuration: environment variables first, then whatever is added here.</summary>
    public ConfigurationManager Configuration => web.Configuration;

    /// <summary>Logging; by default to the console.</summary>
    public ILoggingBuilder Logging => web.Logging;

    /// <summary>Worker middleware; it runs around functions of every trigger in the order it is added.</summary>
    public IFunctionsWorkerApplicationBuilder Worker => worker;

    /// <summary>Finds and checks the functions and builds the host around them.</summary>
    /// <exception cref="FunctionRegistrationException">A function can't be served; the message names every one and why.</exception>
    public PortableHost Build()
    {
        var problems = new List<string>();
        var types = options.Assemblies.SelectMany(a => a.GetTypes()).Where(t => options.TypeFilter?.Invoke(t) ?? true);
        var entries = FunctionCatalog.Find(types, problems);
        var durable = options.ConnectionString is not null;
        var hostJson = ReadHostJson(problems);
        var http = Of(entries, TriggerKind.Http).Select(e => HttpFunction.Read(e, hostJson, web.Configuration, problems)).OfType<HttpFunction>().ToList();
        var timers = Of(entries, TriggerKind.Timer).Select(e => TimerFunction.Read(e, web.Configuration, problems)).OfType<TimerFunction>().ToList();
        var orchestrations = Of(entries, TriggerKind.Orchestration).Select(e => OrchestrationFunction.Read(e, problems)).OfType<OrchestrationFunction>().ToList();
        var activities = Of(entries, TriggerKind.Activity).Select(e => ActivityFunction.Read(e, problems)).OfType<ActivityFunction>().ToList();
        problems.AddRange(RouteOverlap.Find(http));
        if (!durable)
            problems.AddRange(entries.Where(e => e.Kind != TriggerKind.Http).Select(e => $"Function {e.Described} needs a database, but no connection string is given."));
        var methods = Bind(http, f => f.Entry, f => f.Bind(durable, problems))
            .Concat(Bind(timers, f => f.Entry, f => f.Bind(durable, problems)))
            .Concat(Bind(orchestrations, f => f.Entry, f => f.Bind(problems)))
            .Concat(Bind(activities, f => f.Entry, f => f.Bind(durable, problems)))
            .ToList();
        if (problems.Count > 0)
            throw new FunctionRegistrationException(problems);

        var pipeline = new FunctionPipeline(methods, worker);
        if (durable)
            AddDatabaseWork(pipeline, timers, orchestrations, activities);
        var app = web.Build();
        // As under the Functions host there is no pipeline: an application that registers authentication handlers calls them itself.
        ((IApplicationBuilder)app).Properties[AuthenticationMiddlewareMark] = true;
        HttpFunctionEndpoints.Map(app, http, ActivatorUtilities.CreateInstance<HttpInvocation>(app.Services, pipeline));
        return new PortableHost(app, options);
    }

    private void AddDatabaseWork(
        FunctionPipeline pipeline, IReadOnlyList<TimerFunction> timers, IReadOnlyList<OrchestrationFunction> orchestrations, IReadOnlyList<ActivityFunction> activities)
    {
        DurableRegistration.Add(web.Services, options, pipeline, orchestrations, activities);
        timers = [.. timers.Where(t => !DisabledTimers.Contains(web.Configuration, t.Entry.Name))];
        if (!options.RunWorkers || timers.Count == 0)
            return;
        // Few connections: a timer asks twice per occurrence.
        var database = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(options.ConnectionString) { MaxPoolSize = 4, MinPoolSize = 0, ApplicationName = "navi-timers" }.ConnectionString);
        options.ConfigureDataSource?.Invoke(database);
        web.Services.AddSingleton(_ => new TimerFirings(database.Build()));
        web.Services.AddSingleton<IHostedService>(s => ActivatorUtilities.CreateInstance<TimerService>(s, timers, pipeline));
    }

    private HostJson ReadHostJson(List<string> problems)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "host.json");
        var text = options.HostJson ?? (File.Exists(path) ? File.ReadAllText(path) : null);
        try
        {
            return text is null ? HostJson.Default : HostJson.Parse(text);
        }
        catch (System.Text.Json.JsonException e)
        {
            problems.Add($"host.json can't be read: {e.Message}");
            return HostJson.Default;
        }
    }

    private static IEnumerable<FunctionEntry> Of(IEnumerable<FunctionEntry> entries, TriggerKind kind) => entries.Where(e => e.Kind == kind);

    private static IEnumerable<FunctionMethod> Bind<T>(IEnumerable<T> functions, Func<T, FunctionEntry> entry, Func<T, ArgumentSource[]?> bind) =>
        functions.Select(f => bind(f) is { } sources ? new FunctionMethod(entry(f), sources) : null).OfType<FunctionMethod>();
}
