using System.ComponentModel.DataAnnotations;

namespace Navi.Portable.Host.Serving;

/// <summary>How <c>navi serve</c> serves. Configuration section <c>Navi:Serve</c>; other hosts do not read it.</summary>
public sealed class ServeOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Serve";

    /// <summary>Where it listens: addresses such as <c>http://0.0.0.0:8080</c>, several with semicolons between them; port 0 takes a free one. Default <c>http://0.0.0.0:8080</c>, behind something that ends TLS.</summary>
    public string Urls { get; set; } = "http://0.0.0.0:8080";

    /// <summary>File of the certificate of https addresses, in PEM, with the authorities above it after it. Read at start. Default none: all addresses are http.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>File of the certificate's private key, in PEM and without a password. Default none.</summary>
    public string CertificateKey { get; set; } = "";

    /// <summary>Most seconds from the signal to the end of the process: running requests have up to half of it, running work the other half, less five seconds for what is interrupted. Default 25.</summary>
    [Range(7, 3600, ErrorMessage = "Navi:Serve:DrainSeconds must be from 7 to 3600.")]
    public int DrainSeconds { get; set; } = 25;

    /// <summary>Whether this process also moves tasks on and runs timers; false serves the API alone, and others must do the work. Default true.</summary>
    public bool RunWorkers { get; set; } = true;

    /// <summary>Days that the durable runtime keeps orchestrations after their end; then its workers remove them with their history. Tasks, their events and costs are not concerned. Default 0: for ever.</summary>
    [Range(0, 36500, ErrorMessage = "Navi:Serve:DurableRetentionDays must be from 0 to 36500.")]
    public int DurableRetentionDays { get; set; }
}
