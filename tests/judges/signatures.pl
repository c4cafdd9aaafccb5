# Checks the RSA signatures of mails with Mail::DKIM (Debian's knows no Ed25519):
#   signatures.pl RECORDS MAIL…
# As signatures.py, but with one verdict a mail.
use strict;
use warnings;
use Mail::DKIM::DNS;
use Mail::DKIM::Verifier;
use Net::DNS;

my ($file, @mails) = @ARGV;
my %records;
open my $lines, '<', $file or die "$file: $!";
while (<$lines>) {
    chomp;
    my ($name, $text) = split /\t/;
    $records{lc $name} = $text;
}

package Stub {
    sub send {
        my ($self, $name, $type) = @_;
        my $packet = Net::DNS::Packet->new($name, $type, 'IN');
        my $text = $records{lc $name};
        if (defined $text) {
            my @pieces = unpack '(A200)*', $text;
            my $record = Net::DNS::RR->new(name => $name, type => 'TXT', txtdata => \@pieces);
            $packet->push(answer => $record);
        }
        return $packet;
    }
    sub errorstring { return 'NOERROR' }
}

Mail::DKIM::DNS::resolver(bless {}, 'Stub');
for my $path (@mails) {
    my $verifier = Mail::DKIM::Verifier->new;
    open my $mail, '<:raw', $path or die "$path: $!";
    while (<$mail>) { $verifier->PRINT($_) }
    $verifier->CLOSE;
    my ($rsa) = grep { $_->algorithm eq 'rsa-sha256' } $verifier->signatures;
    print "$path rsa:", ($rsa ? $rsa->result : 'none'), "\n";
}
